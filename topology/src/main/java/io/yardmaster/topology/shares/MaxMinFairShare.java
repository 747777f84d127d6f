package io.yardmaster.topology.shares;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Divides the dispatch window among shards, weighted max-min fair: no shard gets more than it needs while another one
 * gets less than its due.
 */
final class MaxMinFairShare {
    /**
     * The claim of one shard.
     *
     * @param weight its due in relation to the others'
     * @param need assignments that it could have outstanding, 0 or more
     * @param service see {@link VirtualTimePacer}; the remainder of the division goes to those with the least
     */
    record Claim(double weight, long need, double service) {}

    private MaxMinFairShare() {}

    /** The quotas, in the order of the claims; their sum is the capacity. */
    static int[] divide(int capacity, List<Claim> claims) {
        int[] quotas = due(capacity, claims);
        spread(capacity - Arrays.stream(quotas).sum(), quotas);
        return quotas;
    }

    /** The quotas, in the order of the claims, without a part that nobody needs. */
    static int[] due(int capacity, List<Claim> claims) {
        int[] quotas = new int[claims.size()];
        int left = capacity;
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).need() > 0) {
                open.add(i);
            }
        }
        // A shard that needs no more than its due gets its need, which leaves more to the others.
        for (boolean found = true; found; ) {
            found = false;
            double weight = weight(open, claims);
            int share = left;
            for (int i : List.copyOf(open)) {
                Claim claim = claims.get(i);
                if (claim.need() <= share * claim.weight() / weight) {
                    quotas[i] = (int) claim.need();
                    left -= quotas[i];
                    open.remove((Integer) i);
                    found = true;
                }
            }
        }
        if (!open.isEmpty()) {
            shareOut(left, open, claims, quotas);
        }
        return quotas;
    }

    private static double weight(List<Integer> of, List<Claim> claims) {
        return of.stream().mapToDouble(i -> claims.get(i).weight()).sum();
    }

    private static void shareOut(int amount, List<Integer> open, List<Claim> claims, int[] quotas) {
        double weight = weight(open, claims);
        int left = amount;
        for (int i : open) {
            quotas[i] = (int) (amount * claims.get(i).weight() / weight);
            left -= quotas[i];
        }
        open.sort(Comparator.comparingDouble(i -> claims.get(i).service()));
        for (int i : open.subList(0, left)) {
            quotas[i]++;
        }
    }

    /** Spreads the unneeded part over all shards, so that tasks that come next do not wait for a grant. */
    private static void spread(int amount, int[] quotas) {
        int each = amount / quotas.length;
        Arrays.setAll(quotas, i -> quotas[i] + each + (i < amount % quotas.length ? 1 : 0));
    }
}
