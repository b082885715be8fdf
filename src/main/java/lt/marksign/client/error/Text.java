package lt.marksign.client.error;

/** Makes text from outside fit for a message: one short line, whatever it held. */
final class Text {
    private static final int LONGEST = 200;

    private Text() {}

    /** Control characters could forge a line of a log, and an answer can be of any length. */
    static String line(String text) {
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    }
}
