package io.yardmaster.replay.traces;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of the pods of Alibaba's GPU trace, in the order that the first line of a file has. */
final class PodColumns {
    static final String CPU = "cpu_milli";
    static final String MEMORY = "memory_mib";
    static final String GPUS = "num_gpu";
    static final String GPU_MILLI = "gpu_milli";
    static final String SERVICE = "qos";
    static final String CREATED = "creation_time";
    static final String DELETED = "deletion_time";
    static final String SCHEDULED = "scheduled_time";

    private static final List<String> USED =
            List.of(CPU, MEMORY, GPUS, GPU_MILLI, SERVICE, CREATED, DELETED, SCHEDULED);
    private static final List<String> UNUSED = List.of("name", "gpu_spec", "pod_phase");

    private final Map<String, Integer> places = new HashMap<>();

    /** @throws IllegalArgumentException if a column is missing, unknown, or there twice */
    PodColumns(List<String> header) {
        for (String name : header) {
            require(
                    USED.contains(name) || UNUSED.contains(name),
                    "unknown column '%s': known are %s and %s"
                            .formatted(name, String.join(", ", USED), String.join(", ", UNUSED)));
            require(places.put(name, places.size()) == null, "the column " + name + " is there twice");
        }
        USED.forEach(name -> require(places.containsKey(name), "there is no column " + name));
    }

    private static void require(boolean allowed, String problem) {
        if (!allowed) {
            throw new IllegalArgumentException(problem);
        }
    }

    int size() {
        return places.size();
    }

    String cell(List<String> row, String column) {
        return row.get(places.get(column));
    }
}
