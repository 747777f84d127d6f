package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.schemas.Grant;
import io.yardmaster.schemas.LimitGrants;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.shares.Division.Granted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Grants each shard its quota of the dispatch window, and of each limit, by the shares that the shards publish. See {@link Division}
 * for its guarantee.
 *
 * <p>Its state must become durable together with its grants, before any shard sees them.
 */
final class Coordinator {
    private static final long INTERVAL_MS = 50;
    private static final long SPREAD_INTERVAL_MS = 1_000;
    private static final int NONE = -1;

    private final Capacity capacity;
    private final Division window;
    private final LimitDivisions limits;
    private final int[] ones;
    private long reviewedAt = Long.MIN_VALUE / 2;
    private long spreadAt = Long.MIN_VALUE / 2;
    private int floor = Budget.NO_FLOOR;

    /** Goes on with the stored grants of the window, one for each shard, and those of limits. */
    Coordinator(Capacity capacity, List<Granted> granted, LimitDivisions limits) {
        this.capacity = capacity;
        this.window = new Division(granted, false, version -> version + 1);
        this.limits = limits;
        this.ones = new int[granted.size()];
        Arrays.fill(ones, 1);
    }

    List<Granted> granted() {
        return window.granted();
    }

    LimitDivisions limits() {
        return limits;
    }

    /** The lowest priority that shards may offer, as of the latest review. */
    int floor() {
        return floor;
    }

    List<Grant> grants() {
        return window.grants();
    }

    List<LimitGrants> limitGrants() {
        return limits.grants();
    }

    /**
     * Divides the window and the limits again if the shards' needs have changed.
     *
     * @param now milliseconds of a clock that only goes forward
     * @param capacities of the limits, by key
     * @return true if there are new grants, or a new floor
     */
    boolean review(long now, PeerShares peerShares, Map<String, Long> capacities) {
        if (now - reviewedAt < INTERVAL_MS) {
            return false;
        }
        reviewedAt = now;
        boolean granted = limits.review(now, peerShares, capacities);
        return reviewWindow(now, peerShares) || granted;
    }

    private boolean reviewWindow(long now, PeerShares peerShares) {
        boolean scarce = false;
        int whole = capacity.at(peerShares.drainRateExcept(NONE, now));
        int floorBefore = floor;
        floor = PriorityFloor.of(whole, peerShares, now);
        boolean moved = floor != floorBefore;
        List<MaxMinFairShare.Claim> claims = new ArrayList<>();
        for (int shard = 0; shard < ones.length; shard++) {
            Share share = peerShares.share(shard);
            if (share == null) {
                claims.add(new MaxMinFairShare.Claim(0, 0, 0));
                continue;
            }
            window.acknowledge(shard, share.getGrantSeen(), share.getHeld());
            boolean competes = peerShares.competes(shard, now);
            long limit = (long) window.quota(shard) * whole / capacity.most();
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
        List<Integer> neediestFirst = IntStream.range(0, claims.size())
                .boxed()
                .sorted(Comparator.comparingDouble(shard -> claims.get(shard).service()))
                .toList();
        return window.grant(whole, MaxMinFairShare.divide(whole, claims), neediestFirst, ones);
    }
}
