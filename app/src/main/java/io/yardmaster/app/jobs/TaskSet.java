package io.yardmaster.app.jobs;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A set of task indices. A stretch of 65,536 indices takes 8 KB if some of them are in the set, and next to nothing if all are. */
final class TaskSet {
    private static final int PAGE = 1 << 16;

    /** The pages of which some indices are in the set. */
    private final Map<Integer, BitSet> pages = new HashMap<>();

    private final Map<Integer, Integer> sizes = new HashMap<>();

    boolean contains(int index) {
        int page = index / PAGE;
        BitSet bits = pages.get(page);
        return bits != null ? bits.get(index % PAGE) : sizes.getOrDefault(page, 0) == PAGE;
    }

    /** Adds all from the first to the last index, and returns the number of those that were not in the set. */
    int add(int first, int last) {
        int added = 0;
        for (int page = first / PAGE; page <= last / PAGE; page++) {
            int from = page == first / PAGE ? first % PAGE : 0;
            int to = page == last / PAGE ? last % PAGE : PAGE - 1;
            added += addTo(page, from, to);
        }
        return added;
    }

    private int addTo(int page, int from, int to) {
        int before = sizes.getOrDefault(page, 0);
        if (before == PAGE) {
            return 0;
        }
        int size = PAGE;
        if (from > 0 || to < PAGE - 1) {
            BitSet bits = pages.computeIfAbsent(page, absent -> new BitSet());
            if (from == to) {
                size = before + (bits.get(from) ? 0 : 1);
                bits.set(from);
            } else {
                bits.set(from, to + 1);
                size = bits.cardinality();
            }
        }
        if (size == PAGE) {
            pages.remove(page);
        }
        sizes.put(page, size);
        return size - before;
    }
}
