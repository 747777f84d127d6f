package io.yardmaster.topology.shares;

import io.yardmaster.schemas.Share;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** What each lane partition has said last, and when that became known here. */
public final class Board {
    /** Who has a backlog says so again and again; after such a silence nobody reckons with it. */
    private static final long SILENCE_MS = 2_000;

    private final IntFunction<byte[]> records;
    private final Function<byte[], Share> decoder;
    private final byte[][] known;
    private final Share[] shares;
    private final long[] knownSince;

    /**
     * Reads from a store that somebody else fills.
     *
     * @param records the latest record of a partition, or null; the same array as long as there is no newer one
     * @param decoder gives null for a record that cannot be read, which is then as if it had not come
     */
    public Board(int partitions, IntFunction<byte[]> records, Function<byte[], Share> decoder) {
        this.records = records;
        this.decoder = decoder;
        this.known = new byte[partitions][];
        this.shares = new Share[partitions];
        this.knownSince = new long[partitions];
    }

    int partitions() {
        return shares.length;
    }

    void refresh(long now) {
        for (int partition = 0; partition < shares.length; partition++) {
            byte[] latest = records.apply(partition);
            if (latest == null || latest == known[partition]) {
                continue;
            }
            known[partition] = latest;
            Share share = decoder.apply(latest);
            if (share != null) {
                shares[partition] = share;
                knownSince[partition] = now;
            }
        }
    }

    /** Null before the partition has said anything. */
    Share share(int partition) {
        return shares[partition];
    }

    /** Whether the partition has a backlog, and somebody who works on it. */
    boolean competes(int partition, long now) {
        return shares[partition] != null
                && shares[partition].getBacklog() > 0
                && now - knownSince[partition] <= SILENCE_MS;
    }

    /** The service of the slowest partition that competes, but for this one; infinite if there is none. */
    double slowestBut(int own, long now) {
        return leastBut(own, now, Share::getService);
    }

    /** The same without what is still out. */
    double leastTakenBut(int own, long now) {
        return leastBut(own, now, share -> share.getService() - share.getOutstanding() / share.getWeight());
    }

    private double leastBut(int own, long now, ToDoubleFunction<Share> what) {
        double least = Double.POSITIVE_INFINITY;
        for (int partition = 0; partition < shares.length; partition++) {
            if (partition != own && competes(partition, now)) {
                least = Math.min(least, what.applyAsDouble(shares[partition]));
            }
        }
        return least;
    }
}
