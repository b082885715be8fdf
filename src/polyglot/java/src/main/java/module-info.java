/** A modular application that requires only the library, and not its dependencies. */
module lt.marksign.remove {
    requires lt.marksign.client;
}
