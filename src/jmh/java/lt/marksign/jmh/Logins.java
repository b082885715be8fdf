package lt.marksign.jmh;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;

/**
 * {@code Logins CONTENDER GATEWAY LOGINS}: logins of one init and ten checks, one after another. The same number of logins goes
 * first, so that the code is compiled. Prints the microseconds of processor time per call, in all threads of the process.
 */
final class Logins {
    private static final int CHECKS = 10;

    private Logins() {}

    public static void main(String[] args) throws Exception {
        Contender contender = Contender.of(args[0], URI.create(args[1]));
        int logins = Integer.parseInt(args[2]);
        logIn(contender, logins);
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = process.getProcessCpuTime();
        logIn(contender, logins);
        System.out.printf("%.1f%n", (process.getProcessCpuTime() - before) / 1000.0 / logins / (1 + CHECKS));
        System.exit(0);
    }

    private static void logIn(Contender contender, int logins) throws Exception {
        for (int i = 0; i < logins; i++) {
            String session = contender.init();
            for (int check = 0; check < CHECKS; check++) {
                contender.check(session);
            }
        }
    }
}
