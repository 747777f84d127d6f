package io.yardmaster.topology.shares;

import io.yardmaster.schemas.Share;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What each shard has said last, and when that became known here. One for all shards of an instance: what is
 * said costs no more than to be read once, however many of them look. Safe for use by all stream threads at once.
 */
public final class PeerShares {
    /** Who has a backlog says so again and again; after such a silence nobody reckons with it. */
    private static final long SILENCE_MS = 2_000;

    /** Who has a backlog is heard of at least as often, unless something keeps it. */
    private static final long USUAL_AGE_MS = 100;

    /** The latest record and what it says; of one that cannot be read, what was said before. */
    @SuppressWarnings("ArrayRecordComponent") // it is the same one or not
    private record Said(byte[] record, Share share, long since) {
        static final Said NOTHING = new Said(null, null, 0);
    }

    private final Function<byte[], Share> decoder;
    private final AtomicReferenceArray<Said> said;

    /** By partition: records that nobody has read yet. */
    private final Map<Integer, byte[]> unread = new HashMap<>();

    private volatile boolean hasUnread;

    /**
     * One on which nothing is said.
     *
     * @param decoder gives null for a record that cannot be read, which is then as if it had not come
     */
    public PeerShares(int partitions, Function<byte[], Share> decoder) {
        this.decoder = decoder;
        this.said = new AtomicReferenceArray<>(
                Collections.nCopies(partitions, Said.NOTHING).toArray(Said[]::new));
    }

    /** The latest record of a partition has come. Of others than there are nothing is kept. */
    public synchronized void heard(int partition, byte[] record) {
        if (partition >= 0 && partition < said.length() && record != said.get(partition).record) {
            unread.put(partition, record);
            hasUnread = true;
        }
    }

    /**
     * Hears all that has come before, from a store that is written before {@link #heard} is called.
     *
     * @param latest the record of a partition, or null
     */
    public synchronized void hearAll(IntFunction<byte[]> latest) {
        for (int partition = 0; partition < said.length(); partition++) {
            byte[] record = latest.apply(partition);
            if (record != null) {
                heard(partition, record);
            }
        }
    }

    int partitions() {
        return said.length();
    }

    /** Reads what has come. */
    void refresh(long now) {
        if (hasUnread) {
            readAll(now);
        }
    }

    private synchronized void readAll(long now) {
        unread.forEach((partition, record) -> {
            Said before = said.get(partition);
            Share share = decoder.apply(record);
            said.set(
                    partition,
                    share == null ? new Said(record, before.share, before.since) : new Said(record, share, now));
        });
        unread.clear();
        hasUnread = false;
    }

    /** Null before the partition has said anything. */
    Share share(int partition) {
        return said.get(partition).share;
    }

    /** Whether the partition has a backlog, and somebody who works on it. */
    boolean competes(int partition, long now) {
        return competes(said.get(partition), now);
    }

    private static boolean competes(Said of, long now) {
        return of.share != null && of.share.getBacklog() > 0 && now - of.since <= SILENCE_MS;
    }

    /** Whether any partition competes. */
    boolean isContested(long now) {
        return IntStream.range(0, said.length()).anyMatch(partition -> competes(partition, now));
    }

    /**
     * The service of the slowest partition that competes, but for this one; infinite if there is none.
     *
     * @param speed service per second at which the others are taken to have gone on since they were heard of
     */
    double slowestBut(int own, long now, double speed) {
        return leastBut(own, now, of -> {
            long age = Math.max(0, Math.min(USUAL_AGE_MS, now - of.since));
            return of.share.getService() + speed * age / 1_000;
        });
    }

    /** How far the fleet has got with the slowest of them. */
    double leastTakenBut(int own, long now) {
        return leastBut(own, now, of -> of.share.getService() - of.share.getOutstanding() / of.share.getWeight());
    }

    private double leastBut(int own, long now, ToDoubleFunction<Said> what) {
        double least = Double.POSITIVE_INFINITY;
        for (int partition = 0; partition < said.length(); partition++) {
            Said of = said.get(partition);
            if (partition != own && competes(of, now)) {
                least = Math.min(least, what.applyAsDouble(of));
            }
        }
        return least;
    }

    /** What the fleet took in a second of all partitions that were heard of lately, but for this one. */
    long takenBut(int own, long now) {
        long sum = 0;
        for (int partition = 0; partition < said.length(); partition++) {
            Said of = said.get(partition);
            if (partition != own && of.share != null && now - of.since <= SILENCE_MS) {
                sum += of.share.getTaken();
            }
        }
        return sum;
    }
}
