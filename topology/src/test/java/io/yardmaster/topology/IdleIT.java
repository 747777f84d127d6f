package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.meters.PlacementMeters;
import io.yardmaster.topology.meters.ShardMeters;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An idle instance goes on resting although it stores something from time to time. */
class IdleIT extends OnOneKafka {
    /** Two or three transactions write so many at most, each a record or two and a marker. */
    private static final int OFFSETS = 6;
    /** An instance at work makes some 200 in a second, of which each of those transactions used to cause one. */
    private static final int TICKS = 40;

    private static long end(TestDeployment deployment) throws Exception {
        TopicPartition changelog =
                new TopicPartition(deployment.applicationId() + "-" + Names.STATE_STORE + "-changelog", 0);
        return deployment
                .admin()
                .listOffsets(Map.of(changelog, OffsetSpec.latest()))
                .partitionResult(changelog)
                .get()
                .offset();
    }

    private static Meters counting(AtomicLong ticks) {
        return new Meters() {
            @Override
            public ShardMeters open(int partition) {
                return (ShardMeters) Proxy.newProxyInstance(
                        ShardMeters.class.getClassLoader(),
                        new Class<?>[] {ShardMeters.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("tickBegins")) {
                                ticks.incrementAndGet();
                            }
                            return null;
                        });
            }

            @Override
            public PlacementMeters openPlacement(int partition) {
                return PlacementMeters.NONE;
            }

            @Override
            public void deadLetter(String topic) {}
        };
    }

    @Test
    void theAgeOfAnIdleShardIsStoredWithoutASecondOfTicksEachTime() throws Exception {
        AtomicLong ticks = new AtomicLong();
        try (TestDeployment deployment = newDeployment("idle")
                        // The age is stored each second, when it rests every other one.
                        .set("finalizing.expiry", "100s")
                        .createTopics(1, 1);
                SchedulerService service = deployment.start("one", counting(ticks))) {
            assertThat(service).isNotNull();
            Awaitility.await().until(() -> {
                long before = ticks.get();
                long begin = end(deployment);
                Awaitility.await().until(() -> end(deployment) >= begin + OFFSETS);
                return ticks.get() - before <= TICKS;
            });
        }
    }
}
