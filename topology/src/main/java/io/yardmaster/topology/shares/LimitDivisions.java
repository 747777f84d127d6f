package io.yardmaster.topology.shares;

import io.yardmaster.schemas.LimitGrants;
import io.yardmaster.schemas.LimitShare;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.shares.Division.Granted;
import io.yardmaster.topology.shares.LimitDivision.Claim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The divisions of all limits that are in use. One that nobody uses any more is forgotten when all shards have seen that. */
final class LimitDivisions {
    private static final long ROUND_MS = 3_000;

    /** So that the grants to all shards fit into one record. */
    private static final int MOST_GRANTS = 64_000;

    private final int shards;
    private final SortedMap<String, LimitDivision> all = new TreeMap<>();
    private final Map<String, byte[]> changed = new HashMap<>();
    /** The highest version of all grants. */
    private long latest;

    /**
     * Goes on with what was stored.
     *
     * @param latest the highest version of all grants that was given, if it is known
     */
    LimitDivisions(int shards, long latest, Map<String, List<Granted>> stored) {
        this.shards = shards;
        this.latest = latest;
        stored.forEach((limit, granted) -> {
            granted.forEach(grant -> this.latest = Math.max(this.latest, grant.version()));
            all.put(limit, create(granted));
        });
    }

    /** The number of limits that so many shards may use at once. */
    static int most(int shards) {
        return MOST_GRANTS / shards;
    }

    private LimitDivision create(List<Granted> granted) {
        // Versions count up through all limits, so that a grant of a limit that was forgotten since is known as an old
        // one.
        return new LimitDivision(new Division(granted, true, version -> ++latest));
    }

    long latest() {
        return latest;
    }

    /** Returns whether there are new grants. */
    boolean review(long now, PeerShares peerShares, Map<String, Long> capacities) {
        Map<String, List<LimitShare>> shares = shares(peerShares);
        boolean anything = false;
        for (Map.Entry<String, List<LimitShare>> limit : shares.entrySet()) {
            String key = limit.getKey();
            LimitDivision division = all.get(key);
            if (division == null) {
                if (all.size() >= most(shards)) {
                    // The policy has no more. One that it has not any more goes when nobody uses it.
                    continue;
                }
                division = create(Collections.nCopies(shards, Granted.NOTHING));
                all.put(key, division);
            }
            long capacity = capacities.getOrDefault(key, 0L);
            if (review(now, peerShares, division, (int) capacity, limit.getValue())) {
                anything = true;
                changed.put(key, StoredShare.writeGrants(division.division().granted()));
            }
        }
        boolean forgotten = forget(shares);
        return anything || forgotten;
    }

    private boolean forget(Map<String, List<LimitShare>> shares) {
        return all.entrySet().removeIf(limit -> {
            boolean isOver = limit.getValue().division().isEmpty()
                    && shares.getOrDefault(limit.getKey(), List.of()).stream()
                            .allMatch(share -> share == null || share.getUsed() + share.getWanted() == 0);
            if (isOver) {
                changed.put(limit.getKey(), null);
            }
            return isOver;
        });
    }

    /** The shares of all shards by limit; null where a shard does not name the limit. */
    private Map<String, List<LimitShare>> shares(PeerShares peerShares) {
        Map<String, List<LimitShare>> shares = new TreeMap<>();
        all.keySet().forEach(limit -> shares.put(limit, nothing()));
        for (int shard = 0; shard < shards; shard++) {
            Share share = peerShares.share(shard);
            if (share != null) {
                for (LimitShare of : share.getLimits()) {
                    shares.computeIfAbsent(of.getLimit(), limit -> nothing()).set(shard, of);
                }
            }
        }
        return shares;
    }

    private List<LimitShare> nothing() {
        return new ArrayList<>(Collections.nCopies(shards, null));
    }

    private boolean review(
            long now, PeerShares peerShares, LimitDivision division, int capacity, List<LimitShare> shares) {
        List<Claim> claims = new ArrayList<>();
        for (int shard = 0; shard < this.shards; shard++) {
            LimitShare share = shares.get(shard);
            if (share == null) {
                claims.add(Claim.NONE);
                continue;
            }
            latest = Math.max(latest, share.getGrantSeen());
            division.division().acknowledge(shard, share.getGrantSeen(), saturated(share.getHeld()));
            claims.add(new Claim(
                    share.getUsed(),
                    // Nobody uses what a shard without an owner wants.
                    peerShares.isHeard(shard, now) ? share.getWanted() : 0,
                    share.getLargest()));
        }
        return division.review(now / ROUND_MS, capacity, claims);
    }

    private static int saturated(long units) {
        return (int) Math.min(Integer.MAX_VALUE, units);
    }

    List<LimitGrants> grants() {
        return all.entrySet().stream()
                .map(limit -> new LimitGrants(
                        limit.getKey(), limit.getValue().division().grants()))
                .toList();
    }

    /** The stored grants by limit that have changed since the last call; null for those of a limit that was forgotten. */
    Map<String, byte[]> takeChanges() {
        Map<String, byte[]> taken = new HashMap<>(changed);
        changed.clear();
        return taken;
    }
}
