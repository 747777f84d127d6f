package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.config.Capacity;
import io.yardmaster.topology.window.ShardWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of one shard among several: it uses what it has been granted of the dispatch window, keeps pace with the
 * others, and says what it has and needs. The first partition also makes the grants.
 *
 * <p>Its {@link ShareNews} must become durable together with the assignments of the same ticks, and be seen by others only
 * then.
 */
public final class SharedBudget implements DispatchBudget {
    private static final long REPORT_INTERVAL_MS = 50;
    private static final long URGENT_INTERVAL_MS = 20;

    /** Who must wait for the others no longer than this keeps its quota: moving it costs more than it brings. */
    private static final long PATIENCE_MS = 500;

    private final int partition;
    private final Capacity capacity;
    private final Fairness fairness;
    private final ShardWindow window;
    private final PeerShares board;
    private final Quota quota;
    private final Coordinator coordinator;
    private final VirtualTimePacer pace;
    private final DrainRate taken = new DrainRate();

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

    /**
     * Goes on with what was stored.
     *
     * @param capacity of the dispatch window as a whole
     * @param stored of its latest {@link ShareNews} that became durable, or null
     */
    public SharedBudget(
            int partition, Capacity capacity, Fairness fairness, ShardWindow window, PeerShares board, byte[] stored) {
        this.partition = partition;
        this.capacity = capacity;
        this.fairness = fairness;
        this.window = window;
        this.board = board;
        StoredShare before = stored == null ? StoredShare.none() : StoredShare.read(stored);
        this.quota = new Quota(before.quota(), before.seen());
        this.pace = new VirtualTimePacer(before.service());
        this.coordinator = partition == 0 ? new Coordinator(capacity, before.granted(board.partitions())) : null;
    }

    @Override
    public boolean needsGroups(long now) {
        return fairness == Fairness.RESOURCE_GROUP && isToBeWeighed(now);
    }

    private boolean isToBeWeighed(long now) {
        return now - weighedAt >= REPORT_INTERVAL_MS;
    }

    @Override
    public Budget available(long now, Demand demand) {
        board.refresh(now);
        known = window.isKnown();
        return new Budget(known ? room(now, demand) : 0, groupWeights);
    }

    private int room(long now, Demand demand) {
        fresh = window.isFresh();
        outstanding = window.look();
        taken.look(now, outstanding);
        Share dividing = board.share(0);
        if (dividing != null && dividing.getGrants().size() > partition) {
            var grant = dividing.getGrants().get(partition);
            quota.obey(grant.getQuota(), grant.getVersion());
        }
        if (isToBeWeighed(now)) {
            weighedAt = now;
            weigh(now, demand);
        }
        if (reported == null || reported.getBacklog() == 0) {
            pace.join(now, board.leastTakenBut(partition, now));
        }
        double slowest = board.slowestBut(partition, now, pace.speed());
        limit = limit(now);
        long inTurn = pace.budget(now, slowest, weight, limit);
        if (inTurn > 0) {
            inTurnAt = now;
        }
        return fresh ? (int) Math.min(Math.max(0, limit - outstanding), inTurn) : 0;
    }

    /**
     * Its part of what the fleet takes in a second, and at least what it took of this partition: so the window grows with
     * a fleet that becomes faster before the others have heard of it.
     */
    private int limit(long now) {
        long own = taken.perSecond();
        long whole = capacity.at(own + board.takenBut(partition, now));
        long part = (whole * quota.granted() + capacity.most() - 1) / capacity.most();
        return (int) Math.min(quota.granted(), Math.max(own, part));
    }

    private void weigh(long now, Demand demand) {
        if (fairness == Fairness.RESOURCE_GROUP) {
            groups = demand.activeJobsByGroup();
            GroupWeights weights = GroupWeights.of(partition, groups, board, now);
            groupWeights = weights.relative();
            turnValue = weights.largest();
        }
        double turns = demand.turnsPerCycle() * turnValue;
        weight = turns > 0 ? turns : 1;
    }

    @Override
    public Optional<ShareNews> used(long now, Demand demand, int made) {
        if (!known) {
            // It would say that it holds no more than its quota, and the rest would be granted to others.
            return Optional.empty();
        }
        pace.served(made, weight);
        outstanding += made;
        taken.made(made);
        boolean granted = coordinator != null && coordinator.review(now, board);
        Share share = share(now, demand);
        if (!granted && !isNews(share, now)) {
            return Optional.empty();
        }
        reported = share;
        reportedAt = now;
        StoredShare stored = new StoredShare(
                quota.granted(), quota.seen(), pace.service(), coordinator == null ? List.of() : coordinator.granted());
        return Optional.of(new ShareNews(stored.write(), share));
    }

    /** What others hold they shall give to who needs it as soon as it is taken, so that counts as much as the own. */
    @Override
    public boolean isWanted(long now, Demand demand) {
        return !known || demand.isSomething() || board.isContested(now);
    }

    @Override
    public int granted() {
        return limit;
    }

    @Override
    public int outstanding() {
        return outstanding;
    }

    /** Whether others must know it: what was seen of a grant at once, all else not more often than it is of use. */
    private boolean isNews(Share share, long now) {
        if (reported == null) {
            // Whoever had the partition before may have counted more than was out, and others reckon with that.
            Share before = board.share(partition);
            boolean heldMore = before != null && before.getHeld() > share.getHeld();
            return share.getBacklog() > 0 || share.getOutstanding() > 0 || share.getGrantSeen() > 0 || heldMore;
        }
        if (share.getGrantSeen() > reported.getGrantSeen()) {
            return true;
        }
        boolean hungry = share.getBacklog() > 0 && reported.getBacklog() == 0;
        if (hungry || share.getHeld() < reported.getHeld()) {
            return now - reportedAt >= URGENT_INTERVAL_MS;
        }
        boolean idle = share.getBacklog() == 0 && share.getOutstanding() == 0;
        boolean wasBusy = reported.getBacklog() > 0 || reported.getOutstanding() > 0;
        return (share.getBacklog() > 0 || (idle && wasBusy)) && now - reportedAt >= REPORT_INTERVAL_MS;
    }

    private Share share(long now, Demand demand) {
        return new Share(
                partition,
                demand.activeJobs(),
                GroupWeights.shares(groups),
                weight,
                fresh ? demand.backlog() + demand.pendingJobs() : 0,
                now - inTurnAt > PATIENCE_MS,
                pace.service(),
                outstanding,
                taken.perSecond(),
                quota.held(outstanding),
                quota.seen(),
                coordinator == null ? List.of() : coordinator.grants());
    }
}
