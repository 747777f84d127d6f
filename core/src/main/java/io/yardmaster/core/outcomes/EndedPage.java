package io.yardmaster.core.outcomes;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/** Tells of 4,096 successive assignments whether each has ended. */
final class EndedPage {
    static final int BITS = 12;

    private static final int ASSIGNMENTS = 1 << BITS;
    private static final int WORDS = ASSIGNMENTS / Long.SIZE;

    /** The first byte of a record: runs of numbers, in turn not ended and ended, or else one bit for each. */
    private static final int RUNS = 0;

    private static final int BITMAP = 1;

    private final long[] words = new long[WORDS];
    private int ended;
    boolean changed;

    /** @param from the assignments before this one count as ended */
    EndedPage(int from) {
        for (int i = 0; i < from; i++) {
            add(i);
        }
        changed = false;
    }

    private EndedPage() {}

    boolean contains(int assignment) {
        return (words[assignment / Long.SIZE] & 1L << assignment) != 0;
    }

    /** Notes the end of an assignment that is not contained. */
    void add(int assignment) {
        words[assignment / Long.SIZE] |= 1L << assignment;
        ended++;
        changed = true;
    }

    boolean isFull() {
        return ended == ASSIGNMENTS;
    }

    byte[] write(StateWriter writer) {
        writer.reset().unsigned(RUNS);
        boolean value = false;
        for (int from = 0; from < ASSIGNMENTS && writer.length() <= ASSIGNMENTS / Byte.SIZE; value = !value) {
            int to = endOfRun(from, value);
            writer.unsigned(to - from);
            from = to;
        }
        return writer.length() <= ASSIGNMENTS / Byte.SIZE ? writer.toBytes() : bitmap(writer);
    }

    private int endOfRun(int from, boolean value) {
        int to = from;
        while (to < ASSIGNMENTS) {
            long differing = value ? ~words[to / Long.SIZE] : words[to / Long.SIZE];
            long rest = differing >>> to;
            if (rest != 0) {
                return to + Long.numberOfTrailingZeros(rest);
            }
            to = (to / Long.SIZE + 1) * Long.SIZE;
        }
        return ASSIGNMENTS;
    }

    private byte[] bitmap(StateWriter writer) {
        byte[] bytes = new byte[ASSIGNMENTS / Byte.SIZE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (words[i / Long.BYTES] >>> ((i % Long.BYTES) * Byte.SIZE));
        }
        return writer.reset().unsigned(BITMAP).bytes(bytes).toBytes();
    }

    static EndedPage read(byte[] record) {
        EndedPage page = new EndedPage();
        StateReader reader = new StateReader(record);
        if (reader.count() == BITMAP) {
            byte[] bytes = reader.rest();
            for (int i = 0; i < bytes.length; i++) {
                page.words[i / Long.BYTES] |= (bytes[i] & 0xFFL) << ((i % Long.BYTES) * Byte.SIZE);
            }
            for (long word : page.words) {
                page.ended += Long.bitCount(word);
            }
        } else {
            boolean value = false;
            for (int from = 0; from < ASSIGNMENTS; value = !value) {
                int to = from + reader.count();
                for (int i = from; value && i < to; i++) {
                    page.add(i);
                }
                from = to;
            }
        }
        page.changed = false;
        return page;
    }
}
