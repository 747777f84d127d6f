package io.yardmaster.core.state;

import org.jspecify.annotations.Nullable;

/** Deletes the entries of sessions that are over, a portion in each tick. */
public final class OldSessions {
    private static final int DELETED_PER_TICK = 1_000;

    private final Storage storage;
    private final Keys keys;
    /** The key from which old entries may be left; null if none are left. */
    private byte @Nullable [] from = Keys.lowest();

    public OldSessions(Storage storage, Keys keys) {
        this.storage = storage;
        this.keys = keys;
    }

    /** Begins anew, as another session is over. */
    public void more() {
        from = Keys.lowest();
    }

    public void reclaim() {
        if (from != null) {
            from = storage.deleteRange(from, keys.sessionStart(), DELETED_PER_TICK);
        }
    }
}
