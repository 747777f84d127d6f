package io.yardmaster.topology.shares;

import io.yardmaster.schemas.Grant;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Grants each shard its quota of the dispatch window, by what the partitions say in their shares. At any time
 * the sum of all quotas that anybody may believe to hold is at most the capacity: a larger quota is granted only from what
 * others have been seen to give back.
 *
 * <p>Its state must become durable with the grants that it makes, and nobody may see them before.
 */
final class Coordinator {
    private static final long INTERVAL_MS = 50;
    private static final long SPREAD_INTERVAL_MS = 1_000;
    private static final int NONE = -1;

    /**
     * What one partition was granted.
     *
     * @param version of the grant, from 1; 0 before the first
     * @param ceiling the most that the partition may hold, by grants that it has not yet been seen to obey
     */
    record Granted(int quota, long version, int ceiling) {
        static final Granted NOTHING = new Granted(0, 0, 0);
    }

    private final Capacity capacity;
    private final List<Granted> granted;
    private long reviewedAt = Long.MIN_VALUE / 2;
    private long spreadAt = Long.MIN_VALUE / 2;

    /** Goes on with what was stored, one for each partition. */
    Coordinator(Capacity capacity, List<Granted> granted) {
        this.capacity = capacity;
        this.granted = new ArrayList<>(granted);
    }

    List<Granted> granted() {
        return List.copyOf(granted);
    }

    List<Grant> grants() {
        return granted.stream()
                .map(grant -> new Grant(grant.quota(), grant.version()))
                .toList();
    }

    /**
     * Looks whether the window should be divided in another way.
     *
     * @param now milliseconds of a clock that only goes forward
     * @param board what each partition said last
     * @return whether there are new grants
     */
    boolean review(long now, PeerShares board) {
        if (now - reviewedAt < INTERVAL_MS) {
            return false;
        }
        reviewedAt = now;
        boolean scarce = false;
        int whole = capacity.at(board.takenBut(NONE, now));
        List<MaxMinFairShare.Claim> claims = new ArrayList<>();
        for (int partition = 0; partition < granted.size(); partition++) {
            Share share = board.share(partition);
            if (share == null) {
                claims.add(new MaxMinFairShare.Claim(0, 0, 0));
                continue;
            }
            acknowledge(partition, share);
            boolean competes = board.competes(partition, now);
            long limit = (long) granted.get(partition).quota() * whole / capacity.most();
            scarce |= competes && share.getOutstanding() >= limit;
            claims.add(new MaxMinFairShare.Claim(
                    Math.max(1e-6, share.getWeight()), need(share, competes), share.getService()));
        }
        if (!scarce && now - spreadAt < SPREAD_INTERVAL_MS) {
            return false;
        }
        spreadAt = now;
        return grant(capacity.most(), claims);
    }

    /**
     * Once a partition has seen its latest grant, no older one can make it hold more. It has seen a later one only if
     * the state here is a new one.
     */
    private void acknowledge(int partition, Share share) {
        Granted latest = granted.get(partition);
        if (share.getGrantSeen() >= latest.version()) {
            int ceiling = Math.max(latest.quota(), share.getHeld());
            granted.set(partition, new Granted(latest.quota(), share.getGrantSeen(), ceiling));
        }
    }

    /**
     * Who is ahead needs nothing before the others have caught up, for which they can use its part. Who is not short of
     * anything but has work out is left some air, for what comes next.
     */
    private static long need(Share share, boolean competes) {
        long out = share.getOutstanding();
        if (competes) {
            return share.getAhead() ? out : out + share.getBacklog();
        }
        return out == 0 ? 0 : out + Math.max(1, out / 2);
    }

    private boolean grant(int whole, List<MaxMinFairShare.Claim> claims) {
        int[] wanted = MaxMinFairShare.divide(whole, claims);
        boolean changed = false;
        for (int partition = 0; partition < wanted.length; partition++) {
            if (wanted[partition] < granted.get(partition).quota()) {
                change(partition, wanted[partition]);
                changed = true;
            }
        }
        int free = whole - granted.stream().mapToInt(Granted::ceiling).sum();
        List<Integer> neediestFirst = IntStream.range(0, wanted.length)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        partition -> claims.get(partition).service()))
                .toList();
        for (int partition : neediestFirst) {
            int ceiling = granted.get(partition).ceiling();
            // What several count because it is not decided yet whose it is adds up to more than there is: it frees
            // nothing.
            int quota = free < 0 ? 0 : Math.min(wanted[partition], ceiling + free);
            if (quota > granted.get(partition).quota()) {
                free -= Math.max(0, quota - ceiling);
                change(partition, quota);
                changed = true;
            }
        }
        return changed;
    }

    private void change(int partition, int quota) {
        Granted before = granted.get(partition);
        granted.set(partition, new Granted(quota, before.version() + 1, Math.max(before.ceiling(), quota)));
    }
}
