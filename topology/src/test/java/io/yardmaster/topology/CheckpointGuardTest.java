package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CheckpointGuardTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("y-scheduler-state-changelog", 3);

    private final RestoreProgress progress = new RestoreProgress(System::nanoTime);
    private final CheckpointGuard guard = new CheckpointGuard(Path.of("data", "y"), progress);

    @Test
    void stateBehindOrAtTheEndIsRestored() {
        guard.onRestoreStart(CHANGELOG, Names.STATE_STORE, 0, 0);
        guard.onRestoreStart(CHANGELOG, Names.STATE_STORE, 7, 7);
        guard.onRestoreStart(CHANGELOG, Names.STATE_STORE, 5, 7);
        assertThat(progress.remaining()).isEqualTo(2);
    }

    @Test
    void stateBeyondTheEndIsRefusedByBothOffsetsWhateverTheStore() {
        assertThatThrownBy(() -> guard.onRestoreStart(CHANGELOG, "any", 5120, 12))
                .isInstanceOf(SetupException.class)
                .hasMessage("the local state of shard 3 goes up to offset 5120 of topic"
                        + " y-scheduler-state-changelog, which ends at 12: it is a copy of another topic, such as one that"
                        + " was deleted since. Stop the instance, delete %s and start it again"
                                .formatted(Path.of("data", "y")));
    }
}
