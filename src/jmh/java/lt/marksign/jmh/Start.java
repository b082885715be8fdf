package lt.marksign.jmh;

import java.net.URI;

/** {@code Start CONTENDER GATEWAY}: a process that removes one session and ends. */
final class Start {
    private Start() {}

    public static void main(String[] args) throws Exception {
        Contender.of(args[0], URI.create(args[1])).remove();
        // Some transports leave threads behind that would keep the process for a minute.
        System.exit(0);
    }
}
