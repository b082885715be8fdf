/** A modular application: it requires the library by name, and nothing that the library uses. */
module lt.marksign.remove {
    requires lt.marksign.client;
}
