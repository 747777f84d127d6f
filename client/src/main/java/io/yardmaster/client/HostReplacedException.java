package io.yardmaster.client;

/** Another process works under the name of this host: the execution manager stops with this, whose message is one line. */
public final class HostReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HostReplacedException(String host) {
        super("another process has started as host " + host + ": a name must be unique in its pool");
    }
}
