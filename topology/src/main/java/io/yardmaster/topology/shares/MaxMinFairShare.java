package io.yardmaster.topology.shares;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Divides the dispatch window among shards: weighted max-min fair, so that nobody gets more than it needs while
 * another one gets less than its due.
 */
final class MaxMinFairShare {
    /**
     * What a partition asks for.
     *
     * @param weight its due in relation to the others'
     * @param need assignments that it could have out, 0 or more
     * @param service how far it has got; of those that cannot have their whole due, the one that is behind comes first
     */
    record Claim(double weight, long need, double service) {}

    private MaxMinFairShare() {}

    /** The quotas, in the order of the claims; their sum is the capacity. */
    static int[] divide(int capacity, List<Claim> claims) {
        int[] quotas = new int[claims.size()];
        int left = capacity;
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).need() > 0) {
                open.add(i);
            }
        }
        // Who needs no more than its due gets it, which leaves more to the others.
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
        if (open.isEmpty()) {
            spread(left, quotas);
        } else {
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

    /** What nobody needs now is kept ready everywhere, so that what comes next does not wait for a grant. */
    private static void spread(int amount, int[] quotas) {
        int each = amount / quotas.length;
        Arrays.setAll(quotas, i -> quotas[i] + each + (i < amount % quotas.length ? 1 : 0));
    }
}
