package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.schemas.LimitShare;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.ShardWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The budget of one shard among several: it uses its quotas of the dispatch window and of limits, keeps pace with the others, and
 * publishes its holdings and needs. Shard 0 also makes the grants.
 *
 * <p>Its {@link ShareNews} must become durable together with the assignments of the same ticks, and others may see it
 * only then.
 */
public final class SharedBudget implements DispatchBudget {
    private static final long REPORT_INTERVAL_MS = 50;
    private static final long URGENT_INTERVAL_MS = 20;
    /** A shard in which tasks wait for limits alone lets others know so often that it has an owner. */
    private static final long WAITING_INTERVAL_MS = 1_000;

    /**
     * A shard that waits for slower ones no longer than this keeps its quota: moving it would cost more than it brings.
     */
    private static final long PATIENCE_MS = 500;

    private final int shard;
    private final Capacity capacity;
    private final Fairness fairness;
    private final ShardWindow window;
    private final PeerShares peerShares;
    private final Quota quota;
    private final Coordinator coordinator;
    private final SharedLimits limits;
    private final DrainRate drainRate = new DrainRate();

    private VirtualTimePacer pacer;
    private LivePolicy live = LivePolicy.NONE;
    /** The largest weight that the operator gave any group. */
    private double heaviest = 1;

    private long weightsMark;
    private Map<Long, Integer> groups = Map.of();
    private Map<Long, Double> groupWeights = Map.of();
    private double turnValue = 1;
    private double weight = 1;
    private boolean known;
    private boolean fresh;
    private int outstanding;
    private int limit;
    private long inTurnAt = Long.MIN_VALUE / 2;
    private Share reported;
    private long reportedAt = Long.MIN_VALUE / 2;
    private long weighedAt = Long.MIN_VALUE / 2;
    private List<LimitShare> limitShares = List.of();
    private long limitsAt = Long.MIN_VALUE / 2;

    /**
     * Goes on from the stored news.
     *
     * @param capacity of the dispatch window as a whole
     * @param stored of its latest {@link ShareNews} that became durable, or null
     * @param storedLimits of all of them, by keys
     */
    public SharedBudget(
            int shard,
            Capacity capacity,
            Fairness fairness,
            ShardWindow window,
            PeerShares peerShares,
            byte[] stored,
            Map<String, byte[]> storedLimits) {
        this.shard = shard;
        this.capacity = capacity;
        this.fairness = fairness;
        this.window = window;
        this.peerShares = peerShares;
        StoredShare before = stored == null ? StoredShare.none() : StoredShare.read(stored);
        this.quota = new Quota(before.quota(), before.seen());
        this.pacer = new VirtualTimePacer(before.service());
        this.weightsMark = before.weightsMark();
        int shards = peerShares.shards();
        StoredLimits limitsBefore = StoredLimits.read(storedLimits, shards);
        this.limits = new SharedLimits(shard, before.forgotten(), limitsBefore.quotas());
        this.coordinator = shard == 0
                ? new Coordinator(
                        capacity,
                        before.granted(shards),
                        new LimitDivisions(shards, before.latest(), limitsBefore.granted()))
                : null;
    }

    /** The number of limits, of all kinds and of pools, that so many shards may divide. */
    public static int mostLimits(int shards) {
        return LimitDivisions.most(shards);
    }

    @Override
    public boolean needsGroups(long now, LivePolicy newLive) {
        if (!newLive.equals(live)) {
            live = newLive;
            limits.follow(live);
            followWeights();
        }
        return fairness.isByGroup() && isWeightDue(now);
    }

    /**
     * Service counts anew by other weights: a shard that read them a moment earlier, and whose weight changed much, would
     * seem far ahead of the others, or far behind.
     */
    private void followWeights() {
        boolean obeyed = fairness.isByWeight();
        long mark = obeyed ? live.weightsMark() : 0;
        if (mark != weightsMark) {
            weightsMark = mark;
            pacer = new VirtualTimePacer(0);
            weighedAt = Long.MIN_VALUE / 2;
        }
        heaviest = obeyed ? live.heaviest() : 1;
    }

    private boolean isWeightDue(long now) {
        return now - weighedAt >= REPORT_INTERVAL_MS;
    }

    @Override
    public Budget available(long now, Demand demand) {
        peerShares.refresh(now);
        known = window.isKnown();
        int assignments = known ? assignable(now, demand) : 0;
        return new Budget(assignments, groupWeights, peerShares.floor(now), limits.capacities());
    }

    private int assignable(long now, Demand demand) {
        fresh = window.isFresh();
        outstanding = window.countOutstanding();
        drainRate.update(now, outstanding);
        Share dividing = peerShares.share(0);
        if (dividing != null && dividing.getGrants().size() > shard) {
            var grant = dividing.getGrants().get(shard);
            quota.obey(grant.getQuota(), grant.getVersion());
        }
        limits.obey(dividing);
        if (isWeightDue(now)) {
            weighedAt = now;
            updateWeight(now, demand);
        }
        if (reported == null || reported.getBacklog() == 0) {
            pacer.join(now, peerShares.leastTakenServiceExcept(shard, now, weightsMark));
        }
        double slowest = peerShares.slowestServiceExcept(shard, now, weightsMark, pacer.speed());
        limit = limit(now);
        long inTurn = pacer.budget(now, slowest, weight, limit);
        if (inTurn > 0) {
            inTurnAt = now;
        }
        return fresh ? (int) Math.min(Math.max(0, limit - outstanding), inTurn) : 0;
    }

    /**
     * min(quota, max(own drain rate, quota / capacity × width of the window at the fleet's drain rate)). With the own
     * rate, the window grows for a fleet that becomes faster before the other shards have published that.
     */
    private int limit(long now) {
        long own = drainRate.perSecond();
        long whole = capacity.at(own + peerShares.drainRateExcept(shard, now));
        long part = (whole * quota.granted() + capacity.most() - 1) / capacity.most();
        return (int) Math.min(quota.granted(), Math.max(own, part));
    }

    private void updateWeight(long now, Demand demand) {
        if (fairness.isByGroup()) {
            groups = demand.activeJobsByGroup();
            GroupWeights weights = GroupWeights.of(shard, groups, peerShares, now);
            groupWeights = weights.relative();
            turnValue = weights.largest();
        }
        double turns = demand.turnsPerCycle() * demand.turnWeight() * turnValue / heaviest;
        weight = turns > 0 ? turns : 1;
    }

    @Override
    public Optional<ShareNews> used(long now, Demand demand, int made, Supplier<Map<String, LimitDemand>> limitDemand) {
        if (!known) {
            // A share published now would claim no more than the quota, and shard 0 would grant the rest to others.
            return Optional.empty();
        }
        pacer.served(made, weight);
        outstanding += made;
        drainRate.made(made);
        updateLimits(now, limitDemand);
        boolean granted = coordinator != null && coordinator.review(now, peerShares, live.limits());
        Share share = share(now, demand);
        if (!granted && !isNews(share, now)) {
            return Optional.empty();
        }
        reported = share;
        reportedAt = now;
        StoredShare stored = new StoredShare(
                quota.granted(),
                quota.seen(),
                pacer.service(),
                coordinator == null ? List.of() : coordinator.granted(),
                weightsMark,
                limits.forgotten(),
                coordinator == null ? 0 : coordinator.limits().latest());
        Map<String, byte[]> storedLimits = StoredLimits.changes(
                limits.takeChanges(),
                coordinator == null ? Map.of() : coordinator.limits().takeChanges());
        return Optional.of(new ShareNews(stored.write(), storedLimits, share));
    }

    /** Counts the use of limits again if it is due. It may be a little old: without a new grant, no more can be held than was said. */
    private void updateLimits(long now, Supplier<Map<String, LimitDemand>> limitDemand) {
        if (limits.hasNew() || (limits.areUsed() && now - limitsAt >= URGENT_INTERVAL_MS)) {
            limitsAt = now;
            limitShares = limits.shares(limitDemand.get());
        }
    }

    /**
     * A backlog elsewhere counts as much as the own, because this shard must give back its part as soon as it is taken.
     */
    @Override
    public boolean isWanted(long now, Demand demand) {
        return !known || demand.isSomething() || SharedLimits.areWanted(limitShares) || peerShares.isContested(now);
    }

    @Override
    public int granted() {
        return limit;
    }

    @Override
    public int outstanding() {
        return outstanding;
    }

    /**
     * Publishes a newly seen grant at once, a new backlog or a smaller holding after 20 ms, anything else after 50 ms; while
     * tasks wait for limits and nothing changes, once in a second.
     */
    private boolean isNews(Share share, long now) {
        if (reported == null) {
            // The owner before may have counted too many as outstanding, and the others count on what it published.
            Share before = peerShares.share(shard);
            boolean heldMore = before != null && before.getHeld() > share.getHeld();
            boolean otherLimits = !share.getLimits().equals(before == null ? List.of() : before.getLimits());
            return isWaiting(share)
                    || share.getOutstanding() > 0
                    || share.getGrantSeen() > 0
                    || heldMore
                    || otherLimits;
        }
        if (share.getGrantSeen() > reported.getGrantSeen() || hasSeenMore(share.getLimits())) {
            return true;
        }
        boolean hungry = share.getBacklog() > 0 && reported.getBacklog() == 0;
        if (hungry
                || share.getFloor() != reported.getFloor()
                || SharedLevels.highest(share) != SharedLevels.highest(reported)
                || SharedLimits.isUrgent(share.getLimits(), reported.getLimits())
                || share.getHeld() < reported.getHeld()) {
            return now - reportedAt >= URGENT_INTERVAL_MS;
        }
        boolean idle = !isWaiting(share) && share.getOutstanding() == 0;
        boolean wasBusy = isWaiting(reported) || reported.getOutstanding() > 0;
        boolean holdsOthers = share.getFloor() != Budget.NO_FLOOR;
        boolean otherLimits = !share.getLimits().equals(reported.getLimits());
        return ((isWaiting(share) || (idle && wasBusy) || holdsOthers || otherLimits)
                        && now - reportedAt >= REPORT_INTERVAL_MS)
                || (SharedLimits.areWanted(share.getLimits()) && now - reportedAt >= WAITING_INTERVAL_MS);
    }

    private boolean hasSeenMore(List<LimitShare> now) {
        return SharedLimits.haveSeenMore(now, reported.getLimits());
    }

    private static boolean isWaiting(Share share) {
        return share.getBacklog() > 0 || !share.getLevels().isEmpty();
    }

    private Share share(long now, Demand demand) {
        return new Share(
                shard,
                demand.activeJobs(),
                GroupWeights.shares(groups),
                weight,
                fresh ? demand.offerable() : 0,
                now - inTurnAt > PATIENCE_MS,
                pacer.service(),
                outstanding,
                drainRate.perSecond(),
                quota.held(outstanding),
                quota.seen(),
                coordinator == null ? List.of() : coordinator.grants(),
                weightsMark,
                fresh ? SharedLevels.of(demand) : List.of(),
                coordinator == null ? Budget.NO_FLOOR : coordinator.floor(),
                limitShares,
                coordinator == null ? List.of() : coordinator.limitGrants());
    }
}
