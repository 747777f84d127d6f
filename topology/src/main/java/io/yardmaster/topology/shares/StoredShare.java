package io.yardmaster.topology.shares;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one shard must not forget of its part in the window.
 *
 * @param granted what was granted to each partition, if this is the one that divides the window, or an empty list
 */
record StoredShare(int quota, long seen, double service, List<Coordinator.Granted> granted) {
    private static final byte LAYOUT = 1;

    static StoredShare none() {
        return new StoredShare(0, 0, 0, List.of());
    }

    byte[] write() {
        ByteBuffer bytes = ByteBuffer.allocate(25 + 16 * granted.size());
        bytes.put(LAYOUT).putInt(quota).putLong(seen).putDouble(service).putInt(granted.size());
        for (Coordinator.Granted grant : granted) {
            bytes.putInt(grant.quota()).putLong(grant.version()).putInt(grant.ceiling());
        }
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
        return new StoredShare(quota, seen, service, granted);
    }

    /** The grants to so many partitions, of which none has been granted anything that is not stored. */
    List<Coordinator.Granted> granted(int partitions) {
        List<Coordinator.Granted> all = new ArrayList<>(granted);
        all.addAll(Collections.nCopies(Math.max(0, partitions - all.size()), Coordinator.Granted.NOTHING));
        return all.subList(0, partitions);
    }
}
