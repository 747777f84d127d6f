package io.yardmaster.bench.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.bench.fairness.PacedFleet.TakenBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class MostOutTest {
    private static Seen at(long at) {
        return new Seen(at, 1, 1, 1);
    }

    @Test
    void S12_anAppendedAssignmentIsOutstandingUntilACommitCoversIt() {
        List<Seen> seen = List.of(at(1), at(2), at(2), at(5), at(9), at(9));
        assertThat(MostOutstanding.of(seen, List.of(new TakenBatch(4, 2), new TakenBatch(9, 2))))
                .isEqualTo(3);
    }
}
