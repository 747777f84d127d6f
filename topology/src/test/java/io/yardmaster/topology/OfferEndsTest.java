package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.OfferEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.Test;

class OfferEndsTest {
    private static final String GPU = "gpu";

    private final KeyValueStore<Bytes, byte[]> state = new InMemoryKeyValueStore("state");
    private OfferEnds ends = new OfferEnds(state);

    private static OfferEnd end(long assignment) {
        return new OfferEnd(5L, (int) assignment, 1, assignment, assignment % 2 == 0);
    }

    private Map<String, List<OfferEnd>> taken() {
        Map<String, List<OfferEnd>> taken = new LinkedHashMap<>();
        ends.take((pool, each) -> taken.put(pool, List.copyOf(each)));
        return taken;
    }

    @Test
    void endsOfATransactionThatStreamsCommitsByItselfAreWrittenInALaterOne() {
        ends.add(GPU, end(1));
        ends.add("tape", end(2));
        ends.store();
        ends = new OfferEnds(state);
        ends.add(GPU, end(3));

        assertThat(taken()).isEqualTo(Map.of(GPU, List.of(end(1), end(3)), "tape", List.of(end(2))));
        ends.store();
        ends = new OfferEnds(state);
        assertThat(taken()).as("they are written once").isEmpty();
    }

    @Test
    void endsThatWereWrittenInTheirTransactionCostNothingInTheState() {
        ends.add(GPU, end(1));
        taken();
        ends.store();

        assertThat(state.approximateNumEntries()).isZero();
    }

    @Test
    void aRecordHasABoundedNumberOfThem() {
        List<Boolean> full = new ArrayList<>();
        for (long assignment = 1; assignment < OfferEnds.MOST; assignment++) {
            full.add(ends.add(GPU, end(assignment)));
        }
        ends.store();
        ends = new OfferEnds(state);
        full.add(ends.add("tape", end(OfferEnds.MOST)));
        assertThat(full.indexOf(true)).as("of all pools together").isEqualTo(OfferEnds.MOST - 1);
        assertThat(taken().get(GPU)).hasSize(OfferEnds.MOST - 1);
        assertThat(ends.add(GPU, end(1))).isFalse();
    }
}
