package io.yardmaster.client;

/** Another process works under the name of this host: the execution manager stops with this, whose message is one line. */
public final class HostReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param isAhead whether the other one's incarnation is a time that is yet to come, by the clock of this machine */
    HostReplacedException(String host, boolean isAhead) {
        super("another process has started as host " + host + ": a name must be unique in its pool"
                + (isAhead
                        ? ". Or this machine's clock was ahead when the host last started: then start it again after 10 s"
                        : ""));
    }
}
