package io.yardmaster.core.placement;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A requirement in the numbers of one plan: which resources it needs, and which classes of labels suit it. */
final class ShapeMatch {
    private final Requirement requirement;
    private final boolean known;
    /** By the number of the resource. */
    private final long[] needs;
    /** The numbers of the needed resources. */
    private final int[] resources;

    private final long needed;
    private final boolean[] suitable;
    private final long suitableBits;
    private final int avoided;
    /** By the size of gangs, the earliest end of one that was tried in vain. */
    private final Map<Integer, Long> exhausted = new HashMap<>();

    private final Map<Integer, Boolean> fitting = new HashMap<>();

    /** @param avoided the number of the host that gets none of these tasks; -1 if there is none */
    ShapeMatch(Requirement requirement, boolean known, long[] needs, boolean[] suitable, int avoided) {
        this.avoided = avoided;
        this.requirement = requirement;
        this.known = known;
        this.needs = needs;
        this.suitable = suitable;
        int count = 0;
        long mask = 0;
        for (int resource = 0; resource < needs.length; resource++) {
            if (needs[resource] > 0) {
                count++;
                mask |= 1L << resource;
            }
        }
        this.needed = mask;
        this.resources = new int[count];
        for (int resource = 0, place = 0; resource < needs.length; resource++) {
            if (needs[resource] > 0) {
                resources[place++] = resource;
            }
        }
        long bits = 0;
        for (int labels = 0; labels < suitable.length; labels++) {
            bits |= suitable[labels] ? bit(labels) : 0;
        }
        this.suitableBits = bits;
    }

    /** The bit for a class of labels in a set of classes, which several classes may share. */
    static long bit(int labels) {
        return 1L << (labels & 63);
    }

    Requirement requirement() {
        return requirement;
    }

    /** True if each needed resource is one that some host has. */
    boolean known() {
        return known;
    }

    long[] needs() {
        return needs;
    }

    /** The bits of the needed resources. */
    long needed() {
        return needed;
    }

    /** True if a host suits, whose labels have this number. */
    boolean suits(int host, int labels) {
        return suitable[labels] && host != avoided;
    }

    /** True if one of some hosts may suit, by the bits of their labels. */
    boolean maySuit(long labels) {
        return (labels & suitableBits) != 0;
    }

    /** True if a task may have room, by the free amounts of a host or the largest ones of several. */
    boolean mayFit(long[] amounts, int from) {
        for (int resource : resources) {
            if (amounts[from + resource] < needs[resource]) {
                return false;
            }
        }
        return true;
    }

    /** The number of tasks, at most {@code most}, for which these amounts are enough. */
    int count(long[] amounts, int from, int most) {
        long count = most;
        for (int resource : resources) {
            long available = amounts[from + resource];
            if (available < needs[resource]) {
                return 0;
            }
            count = Math.min(count, available / needs[resource]);
        }
        return (int) count;
    }

    /** True if a gang of this size that ends at a time was tried in vain in this plan, or one that ends before it. */
    boolean isExhausted(int gangSize, long end) {
        return end >= exhausted.getOrDefault(gangSize, Long.MAX_VALUE) && exhausted.containsKey(gangSize);
    }

    /** True if only a reservation keeps a gang of this size from its place. */
    boolean isReserved(int gangSize) {
        return exhausted.getOrDefault(gangSize, Long.MIN_VALUE) > Long.MIN_VALUE;
    }

    /**
     * Takes notice that a gang was tried in vain. Room only becomes less in a plan, so the next one need not be tried.
     *
     * @param end of the gang, since one that ends earlier may pass a reservation; {@code Long.MIN_VALUE} if there was no room at all
     */
    void exhaust(int gangSize, long end) {
        exhausted.merge(gangSize, end, Math::min);
    }

    /** True if a gang of this size fits the empty fleet, by the answer of the first call. */
    boolean fitsEmpty(int gangSize, BooleanSupplier answer) {
        return fitting.computeIfAbsent(gangSize, size -> answer.getAsBoolean());
    }
}
