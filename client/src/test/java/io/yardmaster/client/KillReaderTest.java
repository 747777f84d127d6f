package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Kill;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class KillReaderTest {
    private final List<Kill> kills = new ArrayList<>();
    private final Set<Long> unreadable = new HashSet<>();
    private long nanos;
    private final KillReader reader = new KillReader(this::decode, kills::add, () -> nanos);

    private Kill decode(ConsumerRecord<byte[], byte[]> polled) throws UnusableRecordException {
        if (polled.value() == null) {
            throw new UnusableRecordException("the record has no value");
        }
        if (unreadable.contains(polled.offset())) {
            throw new UnusableRecordException("does not know schema id 9");
        }
        return Kill.newBuilder().setJobId(polled.offset()).setSessionId(1).build();
    }

    private void read(long offset) throws RegistryAwayException {
        reader.read(new ConsumerRecord<>("kills", 0, offset, JobPartition.key(7), new byte[] {1}));
    }

    @Test
    void aKillThatCanBeReadLateIsReadThen() throws Exception {
        unreadable.add(5L);
        try (var log = new WarningsOf(KillReader.class)) {
            read(5);
            read(6);
            assertThat(kills)
                    .extracting(Kill::getJobId)
                    .as("it holds no other up")
                    .containsExactly(6L);
            nanos += KillReader.MOST_DOUBT.toNanos() - 1;
            reader.idle();
            unreadable.clear();
            reader.idle();
            assertThat(kills).extracting(Kill::getJobId).containsExactly(6L, 5L);
            nanos++;
            reader.idle();
            assertThat(kills).hasSize(2);
            assertThat(log.messages())
                    .containsExactly("a kill cannot be read, and is tried again for 15 s (kills-0 offset 5):"
                            + " does not know schema id 9");
        }
    }

    @Test
    void aKillThatStaysUnreadableIsGivenUpInOneLine() throws Exception {
        unreadable.add(5L);
        try (var log = new WarningsOf(KillReader.class)) {
            read(5);
            nanos += KillReader.MOST_DOUBT.toNanos();
            reader.idle();
            reader.idle();
            assertThat(log.messages())
                    .hasSize(2)
                    .last()
                    .isEqualTo("a kill cannot be read, and the assignments that it names run on (kills-0 offset 5):"
                            + " does not know schema id 9");
        }
    }

    @Test
    void aKillThatIsReadAgainFromTheBeginningIsTriedOnceAtATime() throws Exception {
        unreadable.add(5L);
        try (var log = new WarningsOf(KillReader.class)) {
            read(5);
            read(5);
            unreadable.clear();
            read(5);
            reader.idle();
            assertThat(kills).hasSize(1);
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void aRecordWithoutAValueIsSkipped() throws Exception {
        try (var log = new WarningsOf(KillReader.class)) {
            reader.read(new ConsumerRecord<>("kills", 0, 5, null, null));
            assertThat(log.messages()).containsExactly("skipped kills-0 offset 5: the record has no value");
        }
    }

    @Test
    void ofManyUnreadableRecordsTheOldestAreGivenUp() throws Exception {
        try (var log = new WarningsOf(KillReader.class)) {
            for (long offset = 0; offset <= KillReader.MOST_DOUBTFUL; offset++) {
                unreadable.add(offset);
                read(offset);
            }
            assertThat(log.messages())
                    .hasSize(2)
                    .last()
                    .asString()
                    .endsWith("(kills-0 offset 0): more than 100 records of this topic cannot be read");
        }
    }
}
