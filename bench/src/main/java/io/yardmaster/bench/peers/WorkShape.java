package io.yardmaster.bench.peers;

import io.yardmaster.bench.load.GraphSubmitter;
import io.yardmaster.schemas.Stage;
import java.util.ArrayList;
import java.util.List;

/** The graphs that all schedulers run, each with a size of its own. */
enum WorkShape {
    /** That many tasks without dependencies. */
    FLAT("flat"),
    /** Ten layers of that many tasks; each task waits for all of the layer before. */
    LAYERS("layers"),
    /** That many tasks, one after the other. */
    CHAIN("chain");

    static final int LAYER_COUNT = 10;

    private final String label;

    WorkShape(String label) {
        this.label = label;
    }

    /** The name that the script of the peers knows. */
    String label() {
        return label;
    }

    /** The number of tasks in all. */
    int tasks(int size) {
        return this == LAYERS ? LAYER_COUNT * size : size;
    }

    List<Stage> stages(int size) {
        return switch (this) {
            case FLAT -> inSequence(1, size);
            case LAYERS -> inSequence(LAYER_COUNT, size);
            case CHAIN -> inSequence(size, 1);
        };
    }

    private static List<Stage> inSequence(int count, int tasksEach) {
        List<Stage> stages = new ArrayList<>();
        for (int stage = 0; stage < count; stage++) {
            stages.add(
                    GraphSubmitter.stage("s" + stage, tasksEach, stage == 0 ? List.of() : List.of("s" + (stage - 1))));
        }
        return stages;
    }
}
