package io.yardmaster.replay.traces;

import java.util.Arrays;
import java.util.List;

/** The columns of a file of Alibaba's batch tasks that are used, by their names there or in an abridged file. */
final class AlibabaColumns {
    private static final List<List<String>> USED = List.of(
            List.of("job", "job_name"),
            List.of("task_name"),
            List.of("instances", "instance_num"),
            List.of("start_s", "start_time"),
            List.of("end_s", "end_time"),
            List.of("duration_s"));
    private static final List<String> UNUSED =
            List.of("task_type", "status", "cpu_pct", "plan_cpu", "mem_norm", "plan_mem");
    /** The order in the trace as it is published, which has no header. */
    private static final List<String> PUBLISHED = List.of(
            "task_name",
            "instance_num",
            "job_name",
            "task_type",
            "status",
            "start_time",
            "end_time",
            "plan_cpu",
            "plan_mem");

    static final int JOB = 0;
    static final int TASK = 1;
    static final int INSTANCES = 2;
    static final int START = 3;
    static final int END = 4;
    static final int DURATION = 5;

    private final int[] places = new int[USED.size()];
    private final int size;

    private AlibabaColumns(List<String> header) {
        size = header.size();
        Arrays.fill(places, -1);
        for (int place = 0; place < size; place++) {
            String name = header.get(place);
            int used = 0;
            while (used < USED.size() && !USED.get(used).contains(name)) {
                used++;
            }
            if (used == USED.size()) {
                requireKnown(name);
            } else if (places[used] >= 0) {
                throw new IllegalArgumentException("the column " + name + " is there twice");
            } else {
                places[used] = place;
            }
        }
        for (int used : new int[] {JOB, TASK, INSTANCES, START}) {
            require(places[used] >= 0, "there is no column " + USED.get(used).get(0));
        }
        require(places[DURATION] >= 0 || places[END] >= 0, "there is no column duration_s, and no end_s");
    }

    private static void requireKnown(String name) {
        require(
                UNUSED.contains(name),
                "unknown column '%s': known are %s and %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        USED.stream().flatMap(List::stream).toList()),
                                String.join(", ", UNUSED)));
    }

    private static void require(boolean allowed, String problem) {
        if (!allowed) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** The columns that the first row of a file names; those of the published trace if it is no header. */
    static AlibabaColumns of(List<String> first) {
        return new AlibabaColumns(isHeader(first) ? first : PUBLISHED);
    }

    /** Returns whether the first row of a file is a header. */
    static boolean isHeader(List<String> first) {
        return first.size() != PUBLISHED.size()
                || USED.stream().anyMatch(names -> names.stream().anyMatch(first::contains));
    }

    int size() {
        return size;
    }

    /** The cell of a column; empty if there is no such column. */
    String cell(List<String> row, int column) {
        return places[column] < 0 ? "" : row.get(places[column]);
    }
}
