package io.yardmaster.topology.shares;

import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.schemas.Grant;
import io.yardmaster.schemas.LimitGrants;
import io.yardmaster.schemas.LimitShare;
import io.yardmaster.schemas.Share;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The quotas that one shard has of the limits that are in use, and what it publishes of them. */
final class SharedLimits {
    private static final LimitDemand NOTHING = new LimitDemand(0, 0, 0, 0);

    private final int shard;
    private final SortedMap<String, Quota> quotas = new TreeMap<>();
    private final Map<String, byte[]> changed = new HashMap<>();
    /** No grant up to this version counts for a limit that was forgotten. */
    private long forgotten;
    /** The latest share of the shard that divides, and the limits of which it has granted this shard anything. */
    private Share dividing;

    private Set<String> granted = Set.of();
    private boolean hasNew;
    private LivePolicy live = LivePolicy.NONE;
    private Map<String, Long> capacities = Map.of();

    /** Goes on with the stored quotas. */
    SharedLimits(int shard, long forgotten, Map<String, Quota> stored) {
        this.shard = shard;
        this.forgotten = forgotten;
        quotas.putAll(stored);
    }

    long forgotten() {
        return forgotten;
    }

    /** Makes all further quotas by these limits. */
    void follow(LivePolicy newLive) {
        live = newLive;
        updateCapacities();
    }

    /** Takes over the grants that this share has for the shard. */
    @SuppressWarnings("ReferenceEquality") // a share that was read again is taken over again, which changes nothing
    void obey(Share newDividing) {
        if (newDividing == null || newDividing == dividing) {
            return;
        }
        dividing = newDividing;
        Set<String> now = new HashSet<>();
        boolean any = false;
        for (LimitGrants limit : dividing.getLimitGrants()) {
            Grant grant = shard < limit.getGrants().size() ? limit.getGrants().get(shard) : null;
            if (grant == null || grant.getVersion() == 0) {
                continue;
            }
            now.add(limit.getLimit());
            Quota quota = quotas.get(limit.getLimit());
            if (quota == null && grant.getVersion() <= forgotten) {
                continue;
            }
            if (quota == null) {
                quota = new Quota(0, forgotten);
                quotas.put(limit.getLimit(), quota);
            }
            if (quota.obey(grant.getQuota(), grant.getVersion())) {
                changed.put(limit.getLimit(), StoredShare.write(quota));
                any = true;
            }
        }
        granted = now;
        if (any) {
            hasNew = true;
            updateCapacities();
        }
    }

    private void updateCapacities() {
        Map<String, Long> all = new TreeMap<>();
        live.limits().forEach((key, capacity) -> {
            Quota quota = quotas.get(key);
            long own = quota == null ? 0 : quota.granted();
            // A job is in one shard, which knows all of its tasks.
            all.put(key, key.equals(LimitKeys.JOB) ? capacity : Math.min(own, capacity));
        });
        capacities = Collections.unmodifiableMap(all);
    }

    /** The units of each limit that the shard may use. */
    Map<String, Long> capacities() {
        return capacities;
    }

    /** Returns whether there are limits, or quotas of limits that were there. */
    boolean areUsed() {
        return !live.limits().isEmpty() || !quotas.isEmpty() || !granted.isEmpty();
    }

    /** Returns whether a grant was taken over since the last call of {@link #shares}. */
    boolean hasNew() {
        return hasNew;
    }

    /**
     * Counts the units that the shard uses, holds and wants of each limit, and forgets the quotas of the others. As long as the dividing shard has
     * granted it something of a limit, that one waits for this shard to say what it has seen.
     */
    List<LimitShare> shares(Map<String, LimitDemand> demand) {
        hasNew = false;
        SortedSet<String> keys = new TreeSet<>(quotas.keySet());
        keys.addAll(demand.keySet());
        keys.addAll(granted);
        List<LimitShare> shares = new ArrayList<>();
        for (String key : keys) {
            LimitDemand of = demand.getOrDefault(key, NOTHING);
            Quota quota = quotas.get(key);
            long own = quota == null ? 0 : quota.granted();
            long wanted = of.granted() + of.wanted();
            if (own + of.used() + wanted > 0 || granted.contains(key)) {
                long seen = quota == null ? forgotten : quota.seen();
                shares.add(new LimitShare(key, of.used(), wanted, of.largest(), Math.max(own, of.used()), seen));
            } else if (quota != null && dividing != null) {
                forgotten = Math.max(forgotten, quota.seen());
                quotas.remove(key);
                changed.put(key, null);
            }
        }
        return shares;
    }

    /** The stored quotas by limit that have changed since the last call; null for those that were forgotten. */
    Map<String, byte[]> takeChanges() {
        Map<String, byte[]> taken = new HashMap<>(changed);
        changed.clear();
        return taken;
    }

    /** Returns whether tasks have begun to wait for a limit, or a holding is smaller, so that others should know soon. */
    @SuppressWarnings("ReferenceEquality") // saves the look at a list that was not made anew
    static boolean isUrgent(List<LimitShare> now, List<LimitShare> before) {
        if (now == before) {
            return false;
        }
        Map<String, LimitShare> earlier = new HashMap<>();
        before.forEach(share -> earlier.put(share.getLimit(), share));
        for (LimitShare share : now) {
            LimitShare then = earlier.remove(share.getLimit());
            if (share.getWanted() > 0 && (then == null || then.getWanted() == 0)) {
                return true;
            }
            if (then != null && share.getHeld() < then.getHeld()) {
                return true;
            }
        }
        // The last ones are not held any more.
        return !earlier.isEmpty();
    }

    /** Returns whether a grant was seen since. */
    static boolean haveSeenMore(List<LimitShare> now, List<LimitShare> before) {
        if (now.isEmpty()) {
            return false;
        }
        Map<String, Long> earlier = new HashMap<>();
        before.forEach(share -> earlier.put(share.getLimit(), share.getGrantSeen()));
        return now.stream().anyMatch(share -> share.getGrantSeen() > earlier.getOrDefault(share.getLimit(), 0L));
    }

    /** Returns whether tasks wait for a limit. */
    static boolean areWanted(List<LimitShare> shares) {
        return shares.stream().anyMatch(share -> share.getWanted() > 0);
    }
}
