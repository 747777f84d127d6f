package io.yardmaster.app.storage;

import java.util.ArrayList;
import java.util.List;

/** Task indices as a user writes them: single ones and ranges, {@code 0-99;120}. */
final class TaskIndices {
    private static final int MAX = 1_000_000;
    private static final String NAME = "task_indices";

    private TaskIndices() {}

    /** The indices in the order of the text, or an {@link IllegalArgumentException} that names the mistake. */
    static List<Integer> parse(String text) {
        List<Integer> indices = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            String[] ends = part.strip().split("-", 2);
            long first = Numbers.parse(NAME, ends[0].strip(), 0, Integer.MAX_VALUE);
            long last = ends.length == 1 ? first : Numbers.parse(NAME, ends[1].strip(), 0, Integer.MAX_VALUE);
            if (last < first) {
                throw new IllegalArgumentException(NAME + " has the range " + part.strip() + ", which runs backwards");
            }
            if (indices.size() + (last - first + 1) > MAX) {
                throw new IllegalArgumentException(NAME + " names more than " + MAX + " tasks in one line");
            }
            for (long index = first; index <= last; index++) {
                indices.add((int) index);
            }
        }
        return indices;
    }
}
