package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import java.util.List;
import java.util.Map;

/**
 * A stage as {@link Definitions} wrote it, without its edges.
 *
 * @param stage without its payload
 * @param bits of its definition, see {@link StageBits}
 * @param payload the length of its payload
 */
record StageTerms(GraphStage stage, int bits, int payload) {
    static StageTerms read(StateReader reader) {
        String name = reader.utf8();
        int tasks = reader.count();
        int bits = reader.count();
        boolean terms = (bits & StageBits.WITH_TERMS) != 0;
        int attempts = terms ? reader.count() : 1;
        long backoff = terms ? reader.unsigned() : 0;
        long timeout = terms ? reader.unsigned() : 0;
        int payload = terms ? reader.count() : 0;
        Map<String, Long> needs = (bits & StageBits.WITH_NEEDS) != 0 ? StageNeeds.read(reader) : Map.of();
        String pool = (bits & StageBits.WITH_POOL) != 0 ? reader.utf8() : "";
        int priority = (bits & StageBits.WITH_PRIORITY) != 0 ? (int) reader.signed() : 0;
        HostDemand hosts = (bits & StageBits.WITH_HOSTS) != 0 ? StageNeeds.readHosts(reader) : HostDemand.NONE;
        GraphStage stage = new GraphStage(
                name,
                tasks,
                List.of(),
                StageBits.when(bits),
                attempts,
                backoff,
                timeout,
                priority,
                needs,
                pool,
                hosts,
                GraphStage.NO_PAYLOAD);
        return new StageTerms(stage, bits, payload);
    }
}
