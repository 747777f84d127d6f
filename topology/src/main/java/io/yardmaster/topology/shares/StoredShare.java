package io.yardmaster.topology.shares;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The stored part of a shard's {@link SharedBudget}.
 *
 * @param seen version of the latest grant that the shard has seen
 * @param granted the grants to all shards, if this shard divides the window; else empty
 * @param weightsMark of the weights by which the service counts
 */
record StoredShare(int quota, long seen, double service, List<Coordinator.Granted> granted, long weightsMark) {
    private static final byte LAYOUT = 1;

    static StoredShare none() {
        return new StoredShare(0, 0, 0, List.of(), 0);
    }

    byte[] write() {
        ByteBuffer bytes = ByteBuffer.allocate(33 + 16 * granted.size());
        bytes.put(LAYOUT).putInt(quota).putLong(seen).putDouble(service).putInt(granted.size());
        for (Coordinator.Granted grant : granted) {
            bytes.putInt(grant.quota()).putLong(grant.version()).putInt(grant.ceiling());
        }
        // Behind all that versions before knew, which ignore it.
        bytes.putLong(weightsMark);
        return bytes.array();
    }

    static StoredShare read(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        byte layout = bytes.get();
        if (layout != LAYOUT) {
            throw new IllegalStateException("stored share has layout " + layout + ", this version reads " + LAYOUT);
        }
        int quota = bytes.getInt();
        long seen = bytes.getLong();
        double service = bytes.getDouble();
        List<Coordinator.Granted> granted = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            granted.add(new Coordinator.Granted(bytes.getInt(), bytes.getLong(), bytes.getInt()));
        }
        long weightsMark = bytes.hasRemaining() ? bytes.getLong() : 0;
        return new StoredShare(quota, seen, service, granted, weightsMark);
    }

    /** The stored grants, completed by empty ones to this number of shards. */
    List<Coordinator.Granted> granted(int shards) {
        List<Coordinator.Granted> all = new ArrayList<>(granted);
        all.addAll(Collections.nCopies(Math.max(0, shards - all.size()), Coordinator.Granted.NOTHING));
        return all.subList(0, shards);
    }
}
