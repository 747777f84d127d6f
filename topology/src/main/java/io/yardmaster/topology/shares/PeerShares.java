package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
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
 * The latest share that each shard has published, and when it became known here. All shards of an instance use one, so
 * each record is decoded once. Safe for use by all stream threads at once.
 */
public final class PeerShares {
    /** A shard with a backlog publishes again and again; after such a silence the others stop counting on it. */
    private static final long SILENCE_MS = 2_000;

    /** A shard with a backlog publishes at least this often, unless something holds it up. */
    private static final long USUAL_AGE_MS = 100;

    /** The latest record and its share; if the record cannot be read, the share of the one before. */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    private record Published(byte[] record, Share share, long since) {
        static final Published NOTHING = new Published(null, null, 0);
    }

    private final Function<byte[], Share> decoder;
    private final AtomicReferenceArray<Published> published;

    /** By shard: records that are not decoded yet. */
    private final Map<Integer, byte[]> unread = new HashMap<>();

    private volatile boolean hasUnread;

    /**
     * Starts without any share.
     *
     * @param decoder returns null for a record that cannot be read, which is then ignored
     */
    public PeerShares(int shards, Function<byte[], Share> decoder) {
        this.decoder = decoder;
        this.published = new AtomicReferenceArray<>(
                Collections.nCopies(shards, Published.NOTHING).toArray(Published[]::new));
    }

    /** Takes the latest record of a shard; ignores numbers that are no shard's. */
    public synchronized void received(int shard, byte[] record) {
        if (shard >= 0 && shard < published.length() && record != published.get(shard).record) {
            unread.put(shard, record);
            hasUnread = true;
        }
    }

    /**
     * Takes all records that have come before, from a store that is written before {@link #received} is called.
     *
     * @param latest the record of a shard, or null
     */
    public synchronized void receiveAll(IntFunction<byte[]> latest) {
        for (int shard = 0; shard < published.length(); shard++) {
            byte[] record = latest.apply(shard);
            if (record != null) {
                received(shard, record);
            }
        }
    }

    int shards() {
        return published.length();
    }

    /** Decodes the records that have come since the last call. */
    void refresh(long now) {
        if (hasUnread) {
            readAll(now);
        }
    }

    private synchronized void readAll(long now) {
        unread.forEach((shard, record) -> {
            Published before = published.get(shard);
            Share share = decoder.apply(record);
            published.set(
                    shard,
                    share == null
                            ? new Published(record, before.share, before.since)
                            : new Published(record, share, now));
        });
        unread.clear();
        hasUnread = false;
    }

    /** Null before the shard has published one. */
    Share share(int shard) {
        return published.get(shard).share;
    }

    /** True if the shard has a backlog and its owner is alive. */
    boolean competes(int shard, long now) {
        return competes(published.get(shard), now);
    }

    private static boolean competes(Published peer, long now) {
        return peer.share != null && peer.share.getBacklog() > 0 && now - peer.since <= SILENCE_MS;
    }

    /** True if the shard has published lately. */
    boolean isHeard(int shard, long now) {
        Published peer = published.get(shard);
        return peer.share != null && now - peer.since <= SILENCE_MS;
    }

    /** The lowest priority that shards may offer, by the shard that divides the window; none if that is silent. */
    int floor(long now) {
        return isHeard(0, now) ? share(0).getFloor() : Budget.NO_FLOOR;
    }

    /** True if any shard competes. */
    boolean isContested(long now) {
        return IntStream.range(0, published.length()).anyMatch(shard -> competes(shard, now));
    }

    /**
     * The least service of the other shards that compete and count by the same weights; infinite if there are none.
     *
     * @param weightsMark of these weights
     * @param speed service per second that the others are assumed to have made since they last published
     */
    double slowestServiceExcept(int own, long now, long weightsMark, double speed) {
        return leastExcept(own, now, weightsMark, peer -> {
            long age = Math.max(0, Math.min(USUAL_AGE_MS, now - peer.since));
            return peer.share.getService() + speed * age / 1_000;
        });
    }

    /** The least of such shards' service that the fleet has taken; infinite if there are none. */
    double leastTakenServiceExcept(int own, long now, long weightsMark) {
        return leastExcept(
                own,
                now,
                weightsMark,
                peer -> peer.share.getService() - peer.share.getOutstanding() / peer.share.getWeight());
    }

    private double leastExcept(int own, long now, long weightsMark, ToDoubleFunction<Published> measure) {
        double least = Double.POSITIVE_INFINITY;
        for (int shard = 0; shard < published.length(); shard++) {
            Published peer = published.get(shard);
            if (shard != own && competes(peer, now) && peer.share.getWeightsMark() == weightsMark) {
                least = Math.min(least, measure.applyAsDouble(peer));
            }
        }
        return least;
    }

    /** Assignments per second that the fleet took from the other shards that published lately. */
    long drainRateExcept(int own, long now) {
        long sum = 0;
        for (int shard = 0; shard < published.length(); shard++) {
            Published peer = published.get(shard);
            if (shard != own && peer.share != null && now - peer.since <= SILENCE_MS) {
                sum += peer.share.getTaken();
            }
        }
        return sum;
    }
}
