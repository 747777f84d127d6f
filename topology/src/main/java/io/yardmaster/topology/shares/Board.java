package io.yardmaster.topology.shares;

import io.yardmaster.schemas.Share;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What each lane partition has said last, and when that became known here. */
public final class Board {
    /** Who has a backlog says so again and again; after such a silence nobody reckons with it. */
    private static final long SILENCE_MS = 2_000;

    /** Who has a backlog is heard of at least as often, unless something keeps it. */
    private static final long USUAL_AGE_MS = 100;

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

    /** Whether any partition competes. */
    boolean isContested(long now) {
        return IntStream.range(0, shares.length).anyMatch(partition -> competes(partition, now));
    }

    /**
     * The service of the slowest partition that competes, but for this one; infinite if there is none.
     *
     * @param speed service per second at which the others are taken to have gone on since they were heard of
     */
    double slowestBut(int own, long now, double speed) {
        return leastBut(own, now, partition -> {
            long age = Math.min(USUAL_AGE_MS, now - knownSince[partition]);
            return shares[partition].getService() + speed * age / 1_000;
        });
    }

    /** How far the fleet has got with the slowest of them. */
    double leastTakenBut(int own, long now) {
        return leastBut(own, now, partition -> {
            Share share = shares[partition];
            return share.getService() - share.getOutstanding() / share.getWeight();
        });
    }

    private double leastBut(int own, long now, IntToDoubleFunction of) {
        double least = Double.POSITIVE_INFINITY;
        for (int partition = 0; partition < shares.length; partition++) {
            if (partition != own && competes(partition, now)) {
                least = Math.min(least, of.applyAsDouble(partition));
            }
        }
        return least;
    }

    /** What the fleet took in a second of all partitions that were heard of lately, but for this one. */
    long takenBut(int own, long now) {
        long sum = 0;
        for (int partition = 0; partition < shares.length; partition++) {
            if (partition != own && shares[partition] != null && now - knownSince[partition] <= SILENCE_MS) {
                sum += shares[partition].getTaken();
            }
        }
        return sum;
    }
}
