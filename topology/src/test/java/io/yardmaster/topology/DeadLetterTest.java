package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private final SchedulerDriver scheduler = new SchedulerDriver();
    private long session;

    @AfterEach
    void theStreamGoesOn() {
        scheduler.ready(77, session, 0, 0);
        assertThat(scheduler.tick()).hasSize(1);
        scheduler.close();
    }

    @Test
    void unreadableValueIsKeptAsReceived() {
        byte[] key = key(1);
        byte[] garbage = "not avro".getBytes(StandardCharsets.UTF_8);
        scheduler.sendRaw(Topic.READY, key, garbage);
        TestRecord<byte[], byte[]> letter = scheduler.deadLetters().readRecord();
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(reason(letter)).contains("yardmaster.ready").contains("0x6e");
    }

    @Test
    void keyThatIsNoJobIdIsRefused() {
        scheduler.sendRaw(Topic.COMMIT, new byte[] {1, 2, 3}, new byte[] {0});
        assertThat(scheduler.deadLetters().readRecord().key()).containsExactly(1, 2, 3);
    }

    @Test
    void keyAndJobIdMustAgree() {
        scheduler.send(Topic.COMMIT, 5, new CommitReady(1L, 6L, 0L));
        assertRefused("key 5 is not the job_id 6");
    }

    @Test
    void negativeIndexIsRefused() {
        scheduler.ready(1, 0, 0, 3, -4);
        assertRefused("task index -4 is negative");
    }

    @Test
    void eventWithoutTasksIsRefused() {
        scheduler.ready(1, 0, 0);
        assertRefused("task_indices is empty");
    }

    @Test
    void negativeAttemptIsRefused() {
        scheduler.ready(1, 0, -1, 0);
        assertRefused("attempt -1 is negative");
    }

    @Test
    void negativeSessionIsRefused() {
        scheduler.commit(1, -9);
        assertRefused("session_id -9 is negative");
    }

    @Test
    void missingValueIsRefused() {
        scheduler.sendRaw(Topic.READY, key(1), null);
        assertRefused("the event has no value");
    }

    @Test
    void missingKeyIsRefused() {
        scheduler.send(Topic.READY, 1, new TaskReady(1L, 1L, 0L, List.of(0), 0));
        assertThat(scheduler.deadLetters().isEmpty()).isTrue();
        scheduler.sendRaw(Topic.READY, null, new byte[0]);
        assertThat(scheduler.deadLetters().readRecord().value()).isEmpty();
        assertThat(scheduler.tick()).hasSize(1);
    }

    @Test
    void jobCannotChangeItsGroup() {
        scheduler.ready(1, 0, 0, 0);
        scheduler.send(Topic.READY, 1, new TaskReady(SchedulerDriver.GROUP + 1, 1L, 0L, List.of(1), 0));
        assertRefused("the resource group is not the one of the job's earlier events");
        assertThat(scheduler.tick()).hasSize(1);
    }

    @Test
    void eventOfAnotherLaneIsRefused() {
        byte[] commit = io.yardmaster.schemas.serde.ValueSerdes.of(
                        Topic.COMMIT, java.util.Map.of("schema.registry.url", "mock://topology-test"))
                .serializer()
                .serialize("yardmaster.commit", new CommitReady(1L, 1L, 0L));
        scheduler.sendRaw(Topic.CLEANUP, key(1), commit);
        assertThat(scheduler.deadLetters().getQueueSize()).isEqualTo(1);
    }

    @Test
    void anEventThatExpectsANewJobIsRefusedWhereTheJobIsKnown() {
        sendExpecting("new", 1, 3, 0, 1);
        assertThat(scheduler.deadLetters().isEmpty()).as("it is new").isTrue();
        sendExpecting("new", 1, 3, 2);
        assertRefused("job 1 is known already, of resource group 7 in session 3, and 2 of its tasks wait");
        assertThat(scheduler.tick()).as("the refused event changed nothing").hasSize(2);
        sendExpecting("new", 1, 3, 2);
        assertRefused("job 1 is known already, of resource group 7 in session 3, and nothing of it waits");
        scheduler.commit(1, 3);
        sendExpecting("new", 1, 3, 2);
        assertRefused("job 1 is known already, of resource group 7 in session 3, and its commit task waits");
        assertThat(scheduler.tick()).hasSize(1);
        sendExpecting("new", 1, 3, 2);
        assertRefused("job 1 is known already, of resource group 7 in session 3, and nothing of it waits");
        sendExpecting("new", 1, 2, 2);
        assertRefused("session 2 is over: 3 has begun");
        sendExpecting("new", 1, 4, 2);
        assertThat(scheduler.tick()).as("a newer session knows of no job").hasSize(1);
        session = 4;
    }

    @Test
    void anEventThatExpectsAKnownJobIsRefusedWhereItIsNot() {
        sendExpecting("known", 1, 0, 0);
        assertRefused("job 1 is not known in session 0");
        assertThat(scheduler.tick()).isEmpty();
        scheduler.ready(1, 0, 0, 0);
        sendExpecting("known", 1, 0, 1);
        assertThat(scheduler.tick()).hasSize(2);
    }

    @Test
    void anExpectationThatNobodyKnowsIsRefused() {
        sendExpecting("nothing", 1, 0, 0);
        assertRefused("the header yardmaster.expects is neither new nor known");
    }

    private void sendExpecting(String expected, long job, long session, Integer... indices) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("yardmaster.expects", expected.getBytes(StandardCharsets.UTF_8));
        scheduler.send(
                Topic.READY, job, new TaskReady(SchedulerDriver.GROUP, job, session, List.of(indices), 0), headers);
    }

    private void assertRefused(String reason) {
        TestRecord<byte[], byte[]> letter = scheduler.deadLetters().readRecord();
        assertThat(reason(letter)).isEqualTo(reason);
        assertThat(scheduler.deadLetters().isEmpty()).isTrue();
    }

    private static String reason(TestRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8);
    }

    private static byte[] key(long job) {
        return ByteBuffer.allocate(8).putLong(job).array();
    }
}
