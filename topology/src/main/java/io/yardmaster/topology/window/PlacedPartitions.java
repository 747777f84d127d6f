package io.yardmaster.topology.window;

import java.util.Arrays;

/**
 * The dispatch partitions of the latest assignments of one shard, so that an assignment that ends need not be searched for in
 * all of them. A table without chains: an id that is pushed out by another one is not known any more. Used by one thread.
 */
final class PlacedPartitions {
    private static final int SMALLEST = 1 << 8;
    private static final int LARGEST = 1 << 17;
    /** 2^64 divided by the golden ratio: multiples of it by evenly spaced ids fall far from each other. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final long NONE = -1;

    private long[] ids = empty(SMALLEST);
    private int[] partitions = new int[SMALLEST];

    private static long[] empty(int length) {
        long[] ids = new long[length];
        Arrays.fill(ids, NONE);
        return ids;
    }

    private int slot(long id) {
        return (int) ((id * SPREAD) >>> (1 + Long.numberOfLeadingZeros(ids.length)));
    }

    void put(long id, int partition) {
        int slot = slot(id);
        ids[slot] = id;
        partitions[slot] = partition;
    }

    /** The partition of the id; {@link ShardWindow#NO_PARTITION} if that is not known. */
    int of(long id) {
        int slot = slot(id);
        return ids[slot] == id ? partitions[slot] : ShardWindow.NO_PARTITION;
    }

    /** Grows so that so many ids find a place, up to a limit. */
    void makeRoom(long outstanding) {
        if (outstanding <= ids.length / 2 || ids.length == LARGEST) {
            return;
        }
        long[] before = ids;
        int[] partitionsBefore = partitions;
        ids = empty(2 * before.length);
        partitions = new int[ids.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != NONE) {
                put(before[i], partitionsBefore[i]);
            }
        }
        makeRoom(outstanding);
    }
}
