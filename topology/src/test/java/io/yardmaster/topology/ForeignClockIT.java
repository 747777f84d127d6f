package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;

/** An instance whose wall clock is far from the broker's. */
class ForeignClockIT extends OnOneKafka {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void S9_instancesADayAheadAndADayBehindGoOnWhereTheOtherStopped() throws Exception {
        try (TestDeployment deployment = newDeployment("clocks")) {
            deployment.createTopics(1, 1).set("dispatch.capacity", 4);
            List<Integer> taken = new ArrayList<>();
            try (KafkaConsumer<Long, TaskAssignment> fleet =
                    deployment.consumer(deployment.group(), Map.of("max.poll.records", 4))) {
                fleet.subscribe(List.of(deployment.topic(Topic.DISPATCH)));
                deployment.ready(0, 1, 1, 0, 0, 30);
                SchedulerService ahead = deployment.start("ahead", new ShiftedTime(Duration.ofDays(1)));
                take(fleet, taken, 12);
                ahead.close();
                deployment.start("behind", new ShiftedTime(Duration.ofDays(-1)));
                take(fleet, taken, 30);
            }
            assertThat(taken).doesNotHaveDuplicates().hasSize(30);
        }
    }

    private static void take(KafkaConsumer<Long, TaskAssignment> fleet, List<Integer> taken, int until) {
        await().atMost(LONG).until(() -> {
            fleet.poll(Duration.ofMillis(100))
                    .forEach(message -> taken.add(message.value().getTaskIndex()));
            fleet.commitSync();
            return taken.size() >= until;
        });
    }
}
