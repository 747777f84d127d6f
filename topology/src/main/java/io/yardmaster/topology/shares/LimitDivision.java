package io.yardmaster.topology.shares;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides the units of one limit among the shards, max-min fair, and in as many as a task of a shard needs. Where there are fewer
 * than one task of each shard needs, shards take turns: the first one of a round is granted the units of a task whatever the
 * others want, and stays the first until it has them. The order of a round is the same for all limits, so that a shard
 * whose tasks need several is the first for all of them.
 */
final class LimitDivision {
    /**
     * The needs of one shard.
     *
     * @param used units held by tasks that have not ended
     * @param wanted units needed by tasks that wait
     * @param largest the most units that one of those tasks needs
     */
    record Claim(long used, long wanted, long largest) {
        static final Claim NONE = new Claim(0, 0, 0);

        long need() {
            return used + wanted;
        }
    }

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Division division;
    /** The shards in the order of the round, and the place of each in it. */
    private List<Integer> order;

    private int[] places;
    private long round = Long.MIN_VALUE;
    private int capacity = -1;
    /** The shards that needed something at the latest division. */
    private long claimants;

    LimitDivision(Division division) {
        this.division = division;
        begin(0);
    }

    Division division() {
        return division;
    }

    /**
     * Divides the units anew with each round, and when the capacity or the number of shards that need some has grown or shrunk;
     * else it moves units that a shard does not need to those that lack some.
     *
     * @param now the number of the round
     * @param claims by shard
     * @return whether anything has changed
     */
    boolean review(long now, int newCapacity, List<Claim> claims) {
        int[] grains =
                claims.stream().mapToInt(claim -> grain(claim, newCapacity)).toArray();
        boolean anew = newCapacity != capacity;
        if (now != round && !isFirstWaiting(claims, grains)) {
            round = now;
            begin(round);
            anew = true;
        }
        long claiming = claims.stream().filter(claim -> claim.need() > 0).count();
        anew |= claiming > claimants;
        boolean lacking = IntStream.range(0, grains.length).anyMatch(shard -> lacks(shard, claims.get(shard), grains));
        if (!anew && !lacking) {
            return false;
        }
        int[] kept = new int[grains.length];
        long used = 0;
        for (int shard = 0; shard < kept.length; shard++) {
            kept[shard] =
                    (int) Math.min(division.quota(shard), claims.get(shard).need());
            used += kept[shard];
        }
        if (anew || used > newCapacity) {
            capacity = newCapacity;
            claimants = claiming;
            kept = new int[grains.length];
        }
        return division.grant(newCapacity, quotas(newCapacity, claims, grains, kept), order, grains);
    }

    /** A task that needs more than there is does not run, whatever its shard is granted. */
    private static int grain(Claim claim, int capacity) {
        return claim.largest() < 1 || claim.largest() > capacity ? 1 : (int) claim.largest();
    }

    private boolean lacks(int shard, Claim claim, int[] grains) {
        long quota = division.quota(shard);
        return claim.need() > quota && quota - claim.used() < grains[shard];
    }

    /** Returns whether the first shard of the round that needs units has fewer than one of its tasks needs. */
    private boolean isFirstWaiting(List<Claim> claims, int[] grains) {
        int first = first(claims);
        return first >= 0 && division.quota(first) < Math.min(grains[first], capacity);
    }

    /** The first shard of the round that wants units; -1 if none does. */
    private int first(List<Claim> claims) {
        return order.stream()
                .filter(shard -> claims.get(shard).wanted() > 0)
                .findFirst()
                .orElse(-1);
    }

    /** @param kept by shard: units that it shall have in any case, unless the first shard of the round needs them */
    private int[] quotas(int whole, List<Claim> claims, int[] grains, int[] kept) {
        int first = first(claims);
        int[] quotas = due(whole, claims, kept);
        if (first >= 0 && kept[first] + quotas[first] < grains[first]) {
            serve(first, whole, grains, kept);
            quotas = due(whole, claims, kept);
        }
        for (int shard = 0; shard < kept.length; shard++) {
            quotas[shard] += kept[shard];
            if (quotas[shard] < claims.get(shard).need()) {
                quotas[shard] = Math.max(kept[shard], quotas[shard] - quotas[shard] % grains[shard]);
            }
        }
        int left = addTasks(true, whole - IntStream.of(quotas).sum(), claims, grains, quotas);
        addRest(addTasks(false, left, claims, grains, quotas), claims, quotas);
        return quotas;
    }

    /**
     * Adds the units of one task to each shard that lacks some, as long as there are enough. Returns the units that are left.
     *
     * @param toEmpty whether to shards that could run no task otherwise; else to the others
     */
    private int addTasks(boolean toEmpty, int before, List<Claim> claims, int[] grains, int[] quotas) {
        int left = before;
        for (int shard : order) {
            boolean isEmpty = quotas[shard] < grains[shard];
            if (isEmpty == toEmpty && quotas[shard] < claims.get(shard).need() && grains[shard] <= left) {
                quotas[shard] += grains[shard];
                left -= grains[shard];
            }
        }
        return left;
    }

    /** Divides the rest fairly, by need. */
    private int[] due(int whole, List<Claim> claims, int[] kept) {
        List<MaxMinFairShare.Claim> more = new ArrayList<>();
        for (int shard = 0; shard < kept.length; shard++) {
            long need = Math.max(0, claims.get(shard).need() - kept[shard]);
            more.add(new MaxMinFairShare.Claim(1, need, places[shard]));
        }
        return MaxMinFairShare.due(whole - IntStream.of(kept).sum(), more);
    }

    /** Has the first shard of the round keep the units of one task, which the last ones give if they must. */
    private void serve(int first, int whole, int[] grains, int[] kept) {
        int missing = grains[first] - kept[first];
        int left = whole - IntStream.of(kept).sum();
        for (int i = order.size() - 1; i >= 0 && left < missing; i--) {
            int shard = order.get(i);
            if (shard != first) {
                int tasks = (missing - left + grains[shard] - 1) / grains[shard];
                int taken = (int) Math.min(kept[shard], (long) tasks * grains[shard]);
                kept[shard] -= taken;
                left += taken;
            }
        }
        kept[first] += Math.min(left, missing);
    }

    /** Gives units that fit no task that is known to the first shard that lacks some; if none does, to all that need some. */
    private void addRest(int rest, List<Claim> claims, int[] quotas) {
        if (rest <= 0) {
            return;
        }
        List<Integer> needing =
                order.stream().filter(shard -> claims.get(shard).need() > 0).toList();
        for (int shard : needing) {
            if (quotas[shard] < claims.get(shard).need()) {
                quotas[shard] += rest;
                return;
            }
        }
        for (int i = 0; i < needing.size(); i++) {
            quotas[needing.get(i)] += rest / needing.size() + (i < rest % needing.size() ? 1 : 0);
        }
    }

    private void begin(long newRound) {
        order = IntStream.range(0, division.granted().size())
                .boxed()
                .sorted(Comparator.comparingLong(shard -> mixed(newRound * MIX + shard)))
                .toList();
        places = new int[order.size()];
        for (int place = 0; place < places.length; place++) {
            places[order.get(place)] = place;
        }
    }

    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
