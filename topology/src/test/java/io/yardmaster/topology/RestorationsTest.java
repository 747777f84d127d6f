package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.views.InstanceSnapshot.Restoring;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class RestorationsTest {
    private final Restorations restorations =
            new Restorations(new RestoreProgress(System::nanoTime), IdlePacer.restless());

    @Test
    void aRestorationIsShownUntilItEnds() {
        restorations.onRestoreStart(changelog(2), Names.STATE_STORE, 10, 110);
        assertThat(restorations.current()).containsExactly(new Restoring(2, 0, 100));
        restorations.onBatchRestored(changelog(2), Names.STATE_STORE, 50, 40);
        assertThat(restorations.current()).containsExactly(new Restoring(2, 40, 100));
        restorations.onRestoreEnd(changelog(2), Names.STATE_STORE, 100);
        assertThat(restorations.current()).isEmpty();
    }

    @Test
    void copyIsShownUntilItHasCaughtUp() {
        TaskId task = new TaskId(0, 1);
        restorations.onUpdateStart(changelog(1), Names.STATE_STORE, 0);
        restorations.onBatchLoaded(changelog(1), Names.STATE_STORE, task, 49, 50, 200);
        assertThat(restorations.current()).containsExactly(new Restoring(1, 50, 200));
        restorations.onBatchLoaded(changelog(1), Names.STATE_STORE, task, 199, 150, 200);
        assertThat(restorations.current()).isEmpty();
        restorations.onBatchLoaded(changelog(1), Names.STATE_STORE, task, 209, 10, 250);
        assertThat(restorations.current()).isEmpty();
    }

    private static TopicPartition changelog(int partition) {
        return new TopicPartition("changelog", partition);
    }
}
