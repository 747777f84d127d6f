package io.yardmaster.topology.window;

/** How much a stream task may dispatch now. */
public interface Window {
    /** A stream task was opened; it asks for room from now on. */
    void join();

    void leave();

    /** Room for so many assignments, 0 or more, which is kept for the caller until it releases it. */
    int claim();

    /** Gives back what {@link #claim} gave, whether or not it was used. */
    void release(int claimed);
}
