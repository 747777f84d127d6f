package io.yardmaster.topology;

/**
 * The ids of assignments (S13): numbers below 2^53, which every language can represent, that contain the shard.
 *
 * <pre>
 *  up to 64 shards    bits 52 to 47: shard         bits 46 to 0: number
 *  more shards        bits 52 to 47: shard % 64    bit 46: 1    bits 45 to 0: number * depth + shard / 64
 * </pre>
 *
 * <p>The number counts the assignments of one shard from 1, in all sessions, and is part of its state. The depth is the
 * number of shards that have the same upper bits. Up to 64 shards have 2^47 numbers each, enough for 300,000
 * assignments in each second of 14 years; 1,024 shards have 2^42 each, for 4,000 a second in each of them for 34 years.
 *
 * <p>Older versions used the first layout for any number of shards, with ids above 2^53 from shard 64 on. None of their
 * ids has bit 46 set before 7 * 10^13 assignments of one shard, so the two never collide, and both are read.
 */
public final class AssignmentIds {
    private static final int SLOTS = 64;
    private static final int SLOT_BITS = 6;
    private static final int SLOT_SHIFT = 47;
    private static final long SHARED_SLOT = 1L << 46;
    private static final long NUMBERS_OF_SLOT = (1L << SLOT_SHIFT) - 1;

    private final int shards;
    private final int depth;

    /** @param shards number of shards; must stay the same as long as the dispatch topic is kept */
    public AssignmentIds(int shards) {
        this.shards = shards;
        this.depth = (shards + SLOTS - 1) / SLOTS;
    }

    /**
     * The id of a shard's nth assignment.
     *
     * @throws IllegalStateException if the shard has used up its numbers: no id is given twice
     */
    long of(int shard, long number) {
        if (number > most()) {
            throw new IllegalStateException("shard " + shard + " has made " + most()
                    + " assignments and has no ids left; begin anew with new topics");
        }
        long slot = (long) (shard % SLOTS) << SLOT_SHIFT;
        return shards <= SLOTS ? slot | number : slot | SHARED_SLOT | (number * depth + shard / SLOTS);
    }

    /** The number of an assignment of this shard; 0, which no assignment has, if the id is another shard's or none. */
    public long numberOf(int shard, long id) {
        if (id < 0 || id >>> (SLOT_SHIFT + SLOT_BITS) > 0 || shardOf(id) != shard) {
            return 0;
        }
        long inSlot = id & NUMBERS_OF_SLOT;
        return shards <= SLOTS || (id & SHARED_SLOT) == 0 ? inSlot : (inSlot ^ SHARED_SLOT) / depth;
    }

    /** Maximum number of assignments that one shard can make. */
    long most() {
        return shards <= SLOTS ? NUMBERS_OF_SLOT : SHARED_SLOT / depth - 1;
    }

    /** The shard of an assignment that this or an older version made. */
    public int shardOf(long id) {
        int upper = (int) (id >>> SLOT_SHIFT);
        if (shards <= SLOTS || (id & SHARED_SLOT) == 0) {
            return upper;
        }
        return upper + SLOTS * (int) ((id & (SHARED_SLOT - 1)) % depth);
    }
}
