package lt.marksign.jmh;

import java.net.URI;
import java.nio.file.Path;

/** {@code Start CONTENDER GATEWAY remove|login|upload [FILE]}: a process that does this once and ends. */
final class Start {
    private Start() {}

    public static void main(String[] args) throws Exception {
        Contender contender = Contender.of(args[0], URI.create(args[1]));
        switch (args[2]) {
            case "login" -> contender.check(contender.init());
            case "upload" ->
                ((DocumentContender) contender).upload(Path.of(args[3])).call();
            default -> contender.remove();
        }
        // Some transports leave threads behind that would keep the process for a minute.
        System.exit(0);
    }
}
