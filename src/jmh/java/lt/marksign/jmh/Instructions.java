package lt.marksign.jmh;

import java.io.IOException;
import java.net.URI;

/**
 * {@code Instructions CONTENDER GATEWAY CALLS-TO-WARM-UP CALLS}: a process under callgrind that removes a session this many
 * times. callgrind counts only the CALLS, as its dump 1.
 */
final class Instructions {
    private Instructions() {}

    public static void main(String[] args) throws Exception {
        Contender contender = Contender.of(args[0], URI.create(args[1]));
        call(contender, Integer.parseInt(args[2]));
        // Lets the compiler finish the code that was called often.
        Thread.sleep(Integer.parseInt(args[2]) / 4);
        callgrindControl("--instr=on");
        // callgrind translates the code again, with counters.
        call(contender, 20);
        callgrindControl("--zero");
        call(contender, Integer.parseInt(args[3]));
        callgrindControl("--dump");
        System.exit(0);
    }

    private static void call(Contender contender, int calls) throws Exception {
        for (int i = 0; i < calls; i++) {
            contender.remove();
        }
    }

    private static void callgrindControl(String option) throws IOException, InterruptedException {
        String process = String.valueOf(ProcessHandle.current().pid());
        new ProcessBuilder("callgrind_control", option, process)
                .inheritIO()
                .start()
                .waitFor();
    }
}
