package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.pacing.CommitPacer;
import io.yardmaster.topology.pacing.CommitPacers;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.window.AssignmentPlacer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FencedProducerTest {
    private static final Duration QUIET = Duration.ofSeconds(1);

    private long now;
    private final IdlePacer pacer = new IdlePacer(QUIET, Duration.ofDays(1), () -> now);
    private final CommitPacer commits = CommitPacers.none().of("thread");

    /** Has no broker and no transactional id, so that Kafka refuses to begin. */
    private void begin(FencedProducer producer) {
        assertThatThrownBy(producer::beginTransaction).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTransactionKeepsTheInstanceAtWorkUnlessACommitBeganIt() {
        try (FencedProducer producer = new FencedProducer(
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                () -> null,
                new AssignmentPlacer("dispatch"),
                new SentLetters(null, new DeadLetterReport("dead", Meters.NONE, () -> now)),
                pacer,
                commits,
                new ThreadFloors())) {
            now += QUIET.toNanos();
            commits.storing(() -> begin(producer));
            assertThat(pacer.isQuiet()).isTrue();

            begin(producer);
            assertThat(pacer.isQuiet()).isFalse();
        }
    }
}
