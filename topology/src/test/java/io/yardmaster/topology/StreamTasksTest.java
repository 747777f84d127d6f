package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

/** A partition's number names a stream task in each sub-topology. */
class StreamTasksTest {
    private static final StreamTasks TASKS =
            StreamTasks.of(new Topology().addSource("lanes", "ready", "commit").addSource("others", "hosts"), "ready");

    private static TopicPartition partition(String topic, int partition) {
        return new TopicPartition(topic, partition);
    }

    @Test
    void topicsOfOneSubTopologyAreOneStreamTask() {
        assertThat(TASKS.readApartFrom(
                        Set.of(partition("commit", 0)), List.of(partition("ready", 0), partition("ready", 1))))
                .containsExactly(partition("ready", 1));
    }

    @Test
    void anotherSubTopologysPartitionOfTheSameNumberIsAnotherStreamTask() {
        assertThat(TASKS.readApartFrom(
                        Set.of(partition("ready", 0)), List.of(partition("hosts", 0), partition("commit", 0))))
                .containsExactly(partition("hosts", 0));
    }

    @Test
    void shardsAreThoseOfTheSchedulersSubTopology() {
        int scheduling = TASKS.shardsOf(List.of(new TaskId(0, 3))).isEmpty() ? 1 : 0;
        assertThat(TASKS.shardsOf(List.of(new TaskId(scheduling, 4), new TaskId(1 - scheduling, 5))))
                .containsExactly(4);
        assertThat(TASKS.shardsRead(List.of(
                        partition("ready", 1), partition("commit", 1), partition("hosts", 2), partition("new", 3))))
                .containsExactly(1);
    }
}
