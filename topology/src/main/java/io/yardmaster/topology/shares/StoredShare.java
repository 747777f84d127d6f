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
 * @param forgotten version up to which no grant of a limit that is not stored counts
 * @param latest the highest version of all grants of limits, if this shard divides them; else 0
 */
record StoredShare(
        int quota,
        long seen,
        double service,
        List<Division.Granted> granted,
        long weightsMark,
        long forgotten,
        long latest) {
    private static final byte LAYOUT = 1;
    private static final int GRANT_BYTES = 16;

    static StoredShare none() {
        return new StoredShare(0, 0, 0, List.of(), 0, 0, 0);
    }

    byte[] write() {
        ByteBuffer bytes = ByteBuffer.allocate(49 + GRANT_BYTES * granted.size());
        bytes.put(LAYOUT).putInt(quota).putLong(seen).putDouble(service).putInt(granted.size());
        granted.forEach(grant -> put(grant, bytes));
        // Behind all that versions before knew, which ignore it.
        bytes.putLong(weightsMark).putLong(forgotten).putLong(latest);
        return bytes.array();
    }

    static StoredShare read(byte[] stored) {
        ByteBuffer bytes = begin(stored);
        int quota = bytes.getInt();
        long seen = bytes.getLong();
        double service = bytes.getDouble();
        List<Division.Granted> granted = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            granted.add(grant(bytes));
        }
        long weightsMark = longIfThere(bytes);
        long forgotten = longIfThere(bytes);
        return new StoredShare(quota, seen, service, granted, weightsMark, forgotten, longIfThere(bytes));
    }

    private static long longIfThere(ByteBuffer bytes) {
        return bytes.hasRemaining() ? bytes.getLong() : 0;
    }

    private static void put(Division.Granted grant, ByteBuffer bytes) {
        bytes.putInt(grant.quota()).putLong(grant.version()).putInt(grant.ceiling());
    }

    private static Division.Granted grant(ByteBuffer bytes) {
        return new Division.Granted(bytes.getInt(), bytes.getLong(), bytes.getInt());
    }

    /** The grants of one limit, one for each shard. */
    static byte[] writeGrants(List<Division.Granted> grants) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + GRANT_BYTES * grants.size()).put(LAYOUT);
        grants.forEach(grant -> put(grant, bytes));
        return bytes.array();
    }

    /** Reads what {@link #writeGrants} wrote, completed to this number of shards. */
    static List<Division.Granted> readGrants(byte[] stored, int shards) {
        ByteBuffer bytes = begin(stored);
        List<Division.Granted> grants = new ArrayList<>();
        while (bytes.hasRemaining()) {
            grants.add(grant(bytes));
        }
        return completed(grants, shards);
    }

    /** A shard's own quota of one limit. */
    static byte[] write(Quota quota) {
        return ByteBuffer.allocate(13)
                .put(LAYOUT)
                .putInt(quota.granted())
                .putLong(quota.seen())
                .array();
    }

    /** Reads what {@link #write(Quota)} wrote. */
    static Quota readQuota(byte[] stored) {
        ByteBuffer bytes = begin(stored);
        return new Quota(bytes.getInt(), bytes.getLong());
    }

    private static ByteBuffer begin(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        byte layout = bytes.get();
        if (layout != LAYOUT) {
            throw new IllegalStateException("stored share has layout " + layout + ", this version reads " + LAYOUT);
        }
        return bytes;
    }

    /** The stored grants, completed by empty ones to this number of shards. */
    List<Division.Granted> granted(int shards) {
        return completed(granted, shards);
    }

    private static List<Division.Granted> completed(List<Division.Granted> grants, int shards) {
        List<Division.Granted> all = new ArrayList<>(grants);
        all.addAll(Collections.nCopies(Math.max(0, shards - all.size()), Division.Granted.NOTHING));
        return all.subList(0, shards);
    }
}
