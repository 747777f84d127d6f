package io.yardmaster.core.state;

/** Deletes what is stored of sessions that are over, a portion in each tick. */
public final class OldSessions {
    private static final int DELETED_PER_TICK = 1_000;

    private final Storage storage;
    private final Keys keys;
    /** Below it nothing is left of them; null if nothing is left at all. */
    private byte[] from = Keys.lowest();

    public OldSessions(Storage storage, Keys keys) {
        this.storage = storage;
        this.keys = keys;
    }

    /** Another session is over. */
    public void more() {
        from = Keys.lowest();
    }

    public void reclaim() {
        if (from != null) {
            from = storage.deleteRange(from, keys.sessionStart(), DELETED_PER_TICK);
        }
    }
}
