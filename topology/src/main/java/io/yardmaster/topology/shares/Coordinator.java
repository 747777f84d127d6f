package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.schemas.Grant;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Grants each shard its quota of the dispatch window, by the shares that the shards publish. At any time the sum of all
 * quotas that shards may hold, by whichever grants they have seen, is at most the capacity: a larger quota is granted
 * only from assignments that other shards have been seen to give back.
 *
 * <p>Its state must become durable together with its grants, before any shard sees them.
 */
final class Coordinator {
    private static final long INTERVAL_MS = 50;
    private static final long SPREAD_INTERVAL_MS = 1_000;
    private static final int NONE = -1;

    /**
     * The latest grant to one shard.
     *
     * @param version of the grant, from 1; 0 before the first
     * @param ceiling the most that the shard may hold by this grant and older ones that it may still follow
     */
    record Granted(int quota, long version, int ceiling) {
        static final Granted NOTHING = new Granted(0, 0, 0);
    }

    private final Capacity capacity;
    private final List<Granted> granted;
    private long reviewedAt = Long.MIN_VALUE / 2;
    private long spreadAt = Long.MIN_VALUE / 2;
    private int floor = Budget.NO_FLOOR;

    /** Goes on with the stored grants, one for each shard. */
    Coordinator(Capacity capacity, List<Granted> granted) {
        this.capacity = capacity;
        this.granted = new ArrayList<>(granted);
    }

    List<Granted> granted() {
        return List.copyOf(granted);
    }

    /** The lowest priority that shards may offer, as of the latest review. */
    int floor() {
        return floor;
    }

    List<Grant> grants() {
        return granted.stream()
                .map(grant -> new Grant(grant.quota(), grant.version()))
                .toList();
    }

    /**
     * Divides the window again if the shards' needs have changed.
     *
     * @param now milliseconds of a clock that only goes forward
     * @return true if there are new grants, or a new floor
     */
    boolean review(long now, PeerShares peerShares) {
        if (now - reviewedAt < INTERVAL_MS) {
            return false;
        }
        reviewedAt = now;
        boolean scarce = false;
        int whole = capacity.at(peerShares.drainRateExcept(NONE, now));
        int floorBefore = floor;
        floor = PriorityFloor.of(whole, peerShares, now);
        boolean moved = floor != floorBefore;
        List<MaxMinFairShare.Claim> claims = new ArrayList<>();
        for (int shard = 0; shard < granted.size(); shard++) {
            Share share = peerShares.share(shard);
            if (share == null) {
                claims.add(new MaxMinFairShare.Claim(0, 0, 0));
                continue;
            }
            acknowledge(shard, share);
            boolean competes = peerShares.competes(shard, now);
            long limit = (long) granted.get(shard).quota() * whole / capacity.most();
            scarce |= competes && share.getOutstanding() >= limit;
            claims.add(new MaxMinFairShare.Claim(
                    Math.max(1e-6, share.getWeight()), need(share, competes), share.getService()));
        }
        if (!scarce && now - spreadAt < SPREAD_INTERVAL_MS) {
            return moved;
        }
        spreadAt = now;
        return grant(capacity.most(), claims) || moved;
    }

    /**
     * Once a shard has seen its latest grant, no older one can make it hold more. It can have seen a later one only if
     * the state here was lost and begun anew.
     */
    private void acknowledge(int shard, Share share) {
        Granted latest = granted.get(shard);
        if (share.getGrantSeen() >= latest.version()) {
            int ceiling = Math.max(latest.quota(), share.getHeld());
            granted.set(shard, new Granted(latest.quota(), share.getGrantSeen(), ceiling));
        }
    }

    /**
     * A shard that is ahead needs no more until the others have caught up, and they can use its part for that. A shard
     * that has outstanding assignments but no backlog gets half as many again, for tasks that come next.
     */
    private static long need(Share share, boolean competes) {
        long outstanding = share.getOutstanding();
        if (competes) {
            return share.getAhead() ? outstanding : outstanding + share.getBacklog();
        }
        return outstanding == 0 ? 0 : outstanding + Math.max(1, outstanding / 2);
    }

    private boolean grant(int whole, List<MaxMinFairShare.Claim> claims) {
        int[] wanted = MaxMinFairShare.divide(whole, claims);
        boolean changed = false;
        for (int shard = 0; shard < wanted.length; shard++) {
            if (wanted[shard] < granted.get(shard).quota()) {
                change(shard, wanted[shard]);
                changed = true;
            }
        }
        int free = whole - granted.stream().mapToInt(Granted::ceiling).sum();
        List<Integer> neediestFirst = IntStream.range(0, wanted.length)
                .boxed()
                .sorted(Comparator.comparingDouble(shard -> claims.get(shard).service()))
                .toList();
        for (int shard : neediestFirst) {
            int ceiling = granted.get(shard).ceiling();
            // Several shards may count the same undecided assignments. Their sum then exceeds the window and frees
            // nothing.
            int quota = free < 0 ? 0 : Math.min(wanted[shard], ceiling + free);
            if (quota > granted.get(shard).quota()) {
                free -= Math.max(0, quota - ceiling);
                change(shard, quota);
                changed = true;
            }
        }
        return changed;
    }

    private void change(int shard, int quota) {
        Granted before = granted.get(shard);
        granted.set(shard, new Granted(quota, before.version() + 1, Math.max(before.ceiling(), quota)));
    }
}
