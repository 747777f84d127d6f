package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.OfferEnd;
import io.yardmaster.schemas.OfferKind;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.window.DispatchWindow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** Placement on a real broker, whose instance is replaced in the middle of its work. */
class PlacementIT extends OnOneKafka {
    private static final String POOL = "gpu";
    private static final int HOSTS = 3;
    private static final int ROOM = 5;
    private static final int TASKS = 300;
    private static final long BEAT_MS = 1_000;

    private final ExecutorService planning = Executors.newSingleThreadExecutor();
    private final Map<String, Set<Long>> running = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();
    private SchedulerConfig config;
    private KafkaProducer<byte[], byte[]> producer;
    private long beaten;

    @Test
    void P1_P7_eachOfferBecomesOneAssignmentAndNoHostIsOverbookedAlthoughInstancesComeAndGo() throws Exception {
        try (TestDeployment deployment = newDeployment("placement").createTopics(1, HOSTS);
                KafkaConsumer<Long, TaskAssignment> fleet = deployment.consumer(null, Map.of())) {
            config = deployment.config("first");
            producer = new KafkaProducer<>(
                    new HashMap<>(config.kafka()), new ByteArraySerializer(), new ByteArraySerializer());
            deployment.placeOnHosts(POOL, HOSTS);
            List<TopicPartition> partitions = new ArrayList<>();
            for (int host = 0; host < HOSTS; host++) {
                partitions.add(new TopicPartition(config.topics().dispatch(POOL), host));
            }
            fleet.assign(partitions);
            fleet.seekToBeginning(partitions);
            KafkaStreams instance = started(deployment, "first");
            beat();
            offer();
            int restarts = 0;
            while (seen.size() < TASKS) {
                int before = seen.size();
                await().atMost(Duration.ofSeconds(60)).until(() -> take(fleet) || seen.size() > before);
                endSome();
                if (seen.size() > (restarts + 1) * TASKS / 4 && restarts < 3) {
                    restarts++;
                    instance.close(Duration.ofSeconds(20));
                    instance = started(deployment, "instance-" + restarts);
                }
            }
            for (int polls = 0; polls < 10; polls++) {
                take(fleet);
            }
            instance.close(Duration.ofSeconds(20));
            assertThat(restarts).isEqualTo(3);
        } finally {
            planning.shutdownNow();
            producer.close();
        }
    }

    private KafkaStreams started(TestDeployment deployment, String directory) {
        SchedulerConfig own = deployment.config(directory);
        Topology topology = SchedulerTopology.build(
                own,
                1,
                new DispatchWindow(1, System::nanoTime),
                Observers.none(),
                LivePolicies.of(own, 1),
                Optional.of(PlacementOptions.of(own.plans(), 1, planning, System::currentTimeMillis, pool -> HOSTS)));
        KafkaStreams streams = new KafkaStreams(topology, StreamsSettings.of(own));
        streams.start();
        return streams;
    }

    /** Takes what the hosts find in their partitions, and fails if an assignment comes twice or is too much. */
    private boolean take(KafkaConsumer<Long, TaskAssignment> fleet) {
        beat();
        boolean any = false;
        for (ConsumerRecord<Long, TaskAssignment> each : fleet.poll(Duration.ofMillis(100))) {
            String host = "h" + each.partition();
            assertThat(HostHeaders.name(each.headers(), host, 1)).isTrue();
            assertThat(Epoch.read(each.headers())).hasValue(1);
            assertThat(seen.add(each.value().getAssignmentId()))
                    .as("assignment %s comes once", each.value().getAssignmentId())
                    .isTrue();
            Set<Long> there = running.computeIfAbsent(host, name -> new HashSet<>());
            there.add(each.value().getAssignmentId());
            assertThat(there).as("tasks on %s", host).hasSizeLessThanOrEqualTo(ROOM);
            any = true;
        }
        return any;
    }

    private void endSome() {
        running.values().forEach(there -> {
            for (long assignment : List.copyOf(there)) {
                if (assignment % 3 != 0 || there.size() == ROOM) {
                    // Before it is counted as gone here, so that the next one may come at once.
                    there.remove(assignment);
                    Offer.Builder ended = offer(OfferKind.ENDED);
                    ended.setEnds(List.of(new OfferEnd(7L, (int) assignment, 0, assignment, false)));
                    send(Topic.OFFERS, ended.build());
                }
            }
        });
        producer.flush();
    }

    private void offer() {
        Offer.Builder offer = offer(OfferKind.OFFERED);
        offer.setFirstTask(0);
        offer.setAssignmentIds(LongStream.range(0, TASKS).boxed().toList());
        offer.setNeeds(Map.of("cpu", 1L));
        send(Topic.OFFERS, offer.build());
        producer.flush();
    }

    private static Offer.Builder offer(OfferKind kind) {
        return PlacementDriver.offer(POOL, kind, 7, 1);
    }

    private void beat() {
        if (System.currentTimeMillis() - beaten < BEAT_MS) {
            return;
        }
        beaten = System.currentTimeMillis();
        for (int host = 0; host < HOSTS; host++) {
            send(
                    Topic.HOSTS,
                    new Host(POOL, "h" + host, 1L, Map.of("cpu", (long) ROOM), Map.of(), host, Instant.now()));
        }
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, V value) {
        String name = config.topics().of(topic);
        byte[] bytes = ValueSerdes.of(topic, config.serde()).serializer().serialize(name, value);
        var unused = producer.send(new ProducerRecord<>(name, POOL.getBytes(StandardCharsets.UTF_8), bytes));
    }
}
