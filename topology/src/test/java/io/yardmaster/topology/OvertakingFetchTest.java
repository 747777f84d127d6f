package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OvertakingFetchTest {
    private static final TopicPartition READY = new TopicPartition("ready", 0);
    private static final TopicPartition COMMANDS = new TopicPartition("commands", 0);
    private static final TopicPartition OTHER = new TopicPartition("commands", 1);
    private static final int SOME = 3;

    private final MockConsumer<byte[], byte[]> first = new MockConsumer<>("none");
    /** The second consumers that were opened, the latest at the end. */
    private final List<MockConsumer<byte[], byte[]>> opened = new ArrayList<>();

    private long now;
    private final OvertakingFetch fetch = new OvertakingFetch(first, this::open, Set.of("commands"), () -> now);

    OvertakingFetchTest() {
        first.assign(List.of(READY, COMMANDS));
        first.seek(READY, 100);
        first.seek(COMMANDS, 7);
    }

    private MockConsumer<byte[], byte[]> open() {
        MockConsumer<byte[], byte[]> second = new MockConsumer<>("none");
        opened.add(second);
        return second;
    }

    private MockConsumer<byte[], byte[]> second() {
        return opened.get(opened.size() - 1);
    }

    /** Polled 2 ms later. */
    private ConsumerRecords<byte[], byte[]> events(int count) {
        now += Duration.ofMillis(2).toNanos();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new ConsumerRecord<>("ready", 0, 97 + i, null, null));
        }
        return new ConsumerRecords<>(Map.of(READY, records), Map.of(READY, new OffsetAndMetadata(97 + count)));
    }

    private static ConsumerRecord<byte[], byte[]> command(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null);
    }

    private List<Long> polled(TopicPartition partition, int events) {
        return fetch.addTo(events(events)).records(partition).stream()
                .map(ConsumerRecord::offset)
                .toList();
    }

    @Test
    void withoutRecordsThereIsNoOtherConsumer() {
        ConsumerRecords<byte[], byte[]> polled = ConsumerRecords.empty();
        assertThat(fetch.addTo(polled)).isSameAs(polled);
        assertThat(opened).isEmpty();
    }

    @Test
    void theFirstConsumerGoesOnBehindTheCommandsThatTheOtherOneFound() {
        assertThat(polled(COMMANDS, SOME)).isEmpty();
        second().addRecord(command(COMMANDS, 7));
        second().addRecord(command(COMMANDS, 8));
        ConsumerRecords<byte[], byte[]> polled = fetch.addTo(events(SOME));
        assertThat(polled.records(COMMANDS)).extracting(ConsumerRecord::offset).containsExactly(7L, 8L);
        assertThat(polled.records(READY)).hasSize(SOME);
        assertThat(polled.nextOffsets())
                .extractingFromEntries(
                        entry -> entry.getKey() + ":" + entry.getValue().offset())
                .containsExactlyInAnyOrder("ready-0:100", "commands-0:9");
        assertThat(first.position(COMMANDS)).isEqualTo(9);
        assertThat(polled(COMMANDS, SOME)).isEmpty();
    }

    @Test
    void itFetchesAtMostEveryTwoMilliseconds() {
        fetch.addTo(events(SOME));
        second().addRecord(command(COMMANDS, 7));
        ConsumerRecords<byte[], byte[]> polled = events(SOME);
        now -= 1;
        assertThat(fetch.addTo(polled)).isSameAs(polled);
        now += 1;
        assertThat(fetch.addTo(polled).records(COMMANDS)).hasSize(1);
    }

    @Test
    void commandsThatTheFirstConsumerHasReadAreNotReadAgain() {
        fetch.addTo(events(SOME));
        first.seek(COMMANDS, 9);
        second().addRecord(command(COMMANDS, 8));
        second().addRecord(command(COMMANDS, 9));
        assertThat(polled(COMMANDS, SOME)).containsExactly(9L);
    }

    @Test
    void partitionsFollowTheAssignmentAndThoseThatStreamsHasPausedWait() {
        fetch.addTo(events(SOME));
        first.pause(List.of(COMMANDS));
        fetch.addTo(events(SOME));
        assertThat(second().assignment()).isEmpty();
        first.resume(List.of(COMMANDS));
        first.assign(List.of(READY, COMMANDS, OTHER));
        first.seek(OTHER, 1);
        fetch.addTo(events(SOME));
        assertThat(second().assignment()).containsExactlyInAnyOrder(COMMANDS, OTHER);
        assertThat(second().position(OTHER)).isEqualTo(1);
        assertThat(opened).hasSize(1);
    }

    @Test
    void aFailureLeavesCommandsToTheFirstConsumerForTenSeconds() {
        fetch.addTo(events(SOME));
        second().setPollException(new KafkaException("away"));
        ConsumerRecords<byte[], byte[]> polled = events(SOME);
        assertThat(fetch.addTo(polled)).isSameAs(polled);
        assertThat(second().closed()).isTrue();
        now += Duration.ofMillis(9_990).toNanos();
        fetch.addTo(events(SOME));
        assertThat(opened).hasSize(1);
        now += Duration.ofMillis(10).toNanos();
        fetch.addTo(events(SOME));
        second().addRecord(command(COMMANDS, 7));
        assertThat(polled(COMMANDS, SOME)).containsExactly(7L);
        fetch.close();
        assertThat(second().closed()).isTrue();
    }
}
