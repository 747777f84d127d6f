package io.yardmaster.topology;

/**
 * The ids of assignments (S13): numbers below 2^53, which every language has, that tell the shard.
 *
 * <pre>
 *  up to 64 shards    bits 52 to 47: the partition    bits 46 to 0: its number
 *  with more of them           bits 52 to 47: partition % 64   bit 46: 1    bits 45 to 0: number * depth + partition / 64
 * </pre>
 *
 * <p>A number counts the assignments of one shard from 1, in all sessions, and is part of its state. The depth is
 * how many partitions share the upper bits. Up to 64 partitions have 2^47 numbers each, enough for 300,000 assignments in
 * each second of 14 years; 1,024 partitions have 2^42 each, for 4,000 a second in each of them for 34 years.
 *
 * <p>Older versions gave the upper layout to any number of partitions, with ids above 2^53 from partition 64 on. No id of
 * theirs has bit 46 before 7 * 10^13 assignments of one partition, so the two never meet, and both are read.
 */
final class AssignmentIds {
    private static final int SLOTS = 64;
    private static final int SLOT_SHIFT = 47;
    private static final long SHARED_SLOT = 1L << 46;
    private static final long NUMBERS_OF_SLOT = (1L << SLOT_SHIFT) - 1;

    private final int lanes;
    private final int depth;

    /** @param lanes how many partitions each lane has; must stay the same as long as the dispatch topic is kept */
    AssignmentIds(int lanes) {
        this.lanes = lanes;
        this.depth = (lanes + SLOTS - 1) / SLOTS;
    }

    /**
     * The id of a shard's nth assignment.
     *
     * @throws IllegalStateException when the partition has used up its numbers: an id is never given twice
     */
    long of(int lane, long number) {
        if (number > most()) {
            throw new IllegalStateException("shard " + lane + " has made " + most()
                    + " assignments and has no ids left; begin anew with new topics");
        }
        long slot = (long) (lane % SLOTS) << SLOT_SHIFT;
        return lanes <= SLOTS ? slot | number : slot | SHARED_SLOT | (number * depth + lane / SLOTS);
    }

    /** How many assignments one shard can make. */
    long most() {
        return lanes <= SLOTS ? NUMBERS_OF_SLOT : SHARED_SLOT / depth - 1;
    }

    /** Of which shard an assignment is that this or an older version made. */
    int laneOf(long id) {
        int upper = (int) (id >>> SLOT_SHIFT);
        if (lanes <= SLOTS || (id & SHARED_SLOT) == 0) {
            return upper;
        }
        return upper + SLOTS * (int) ((id & (SHARED_SLOT - 1)) % depth);
    }
}
