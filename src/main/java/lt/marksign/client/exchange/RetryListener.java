package lt.marksign.client.exchange;

/** The options of a call may be one, to be told of its retries. */
public interface RetryListener {
    /** The call is about to be tried again. Called by the calling thread, before the pause. */
    void retrying();
}
