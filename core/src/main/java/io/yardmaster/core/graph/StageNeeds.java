package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The needs of a stage in records. */
final class StageNeeds {
    private StageNeeds() {}

    /** The units that a task holds of limits. */
    static Map<String, Long> of(Graph graph, int index) {
        int stage = graph.stageNumber(index);
        return graph.block(stage).stages[Graph.placeOf(stage)].holds();
    }

    /** Reads needs that {@link #write} wrote. */
    static Map<String, Long> read(StateReader reader) {
        SortedMap<String, Long> needs = new TreeMap<>();
        for (int left = reader.count(); left > 0; left--) {
            needs.put(reader.utf8(), reader.unsigned());
        }
        return needs;
    }

    static void write(StateWriter writer, Map<String, Long> needs) {
        writer.unsigned(needs.size());
        needs.forEach((limit, units) -> writer.utf8(limit).unsigned(units));
    }
}
