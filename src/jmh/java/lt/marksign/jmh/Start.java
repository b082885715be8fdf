package lt.marksign.jmh;

import java.net.URI;
import java.nio.file.Path;

/** {@code Start CONTENDER GATEWAY remove|login|upload [FILE]}: a process that does one of these once and ends. */
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
        // Threads of some transports would keep the process alive for a minute.
        System.exit(0);
    }
}
