package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeProducerTest {
    private static final String TOPIC = "t.outcomes";

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Serializer<TaskOutcome> avro = ValueSerdes.of(
                    Topic.OUTCOMES, Map.of("schema.registry.url", "mock://outcome-producer"))
            .serializer();
    private final StopRequest stop = new StopRequest(System::nanoTime);
    private final List<Boolean> answers = new CopyOnWriteArrayList<>();
    private OutcomeProducer outcomes = producer(avro);

    @AfterEach
    void close() {
        outcomes.close(Duration.ZERO);
    }

    @Test
    void O2_anOutcomeCountsAsWrittenWhenItIsAcknowledgedOnly() {
        outcomes.write(succeeded(7), answers::add);
        await().until(() -> kafka.history().size() == 1);
        assertThat(answers).isEmpty();
        kafka.completeNext();
        assertThat(answers).containsExactly(true);
        assertThat(kafka.history().get(0).topic()).isEqualTo(TOPIC);
        assertThat(kafka.history().get(0).partition()).isNull();
        assertThat(kafka.history().get(0).key()).containsExactly(0, 0, 0, 0, 0, 0, 0, 7);
    }

    static List<RuntimeException> passing() {
        return List.of(new TimeoutException("the broker is away"), new OutOfOrderSequenceException("a gap"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void anErrorThatMayPassIsToldOnceAndTheOutcomeIsWrittenAgain(RuntimeException error) {
        try (var log = new WarningsOf(OutcomeProducer.class)) {
            outcomes.write(succeeded(1), answers::add);
            await().until(() -> kafka.errorNext(error));
            await().until(() -> kafka.errorNext(error));
            assertThat(answers).isEmpty();
            await().until(kafka::completeNext);
            assertThat(answers).containsExactly(true);
            assertThat(kafka.history()).hasSize(3);
            assertThat(log.messages()).hasSize(1);
        }
        assertThat(stop.requested()).isFalse();
    }

    @Test
    void whileTheRegistryIsAwayAnOutcomeWaits() {
        var asked = new AtomicInteger();
        outcomes = producer((topic, outcome) -> {
            if (asked.incrementAndGet() < 3) {
                throw new RegistryUnavailableException("no answer", null);
            }
            return avro.serialize(topic, outcome);
        });
        outcomes.write(succeeded(1), answers::add);
        await().until(kafka::completeNext);
        assertThat(answers).containsExactly(true);
    }

    static List<RuntimeException> lasting() {
        return List.of(
                new TopicAuthorizationException(TOPIC),
                new TimeoutException("not in the metadata", new UnknownTopicOrPartitionException("no topic")),
                new RecordTooLargeException("too\nlarge"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void anErrorThatStaysStopsTheExecutionManagerAndNothingMoreIsWritten(RuntimeException error) {
        outcomes.write(succeeded(1), answers::add);
        await().until(() -> kafka.errorNext(error));
        outcomes.write(succeeded(2), answers::add);
        await().until(() -> answers.size() == 2);
        assertThat(answers).containsOnly(false);
        assertThat(kafka.history()).hasSize(1);
        assertThat(stop.failure()).get().satisfies(failure -> assertThat(failure)
                .isInstanceOf(OutcomesNotWrittenException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageNotContaining("\n"));
    }

    @Test
    void anErrorOfTheJvmStopsTheExecutionManagerAndAnswersTheOutcome() {
        outcomes = producer((topic, outcome) -> {
            throw new NoClassDefFoundError("org/example/Codec");
        });
        outcomes.write(succeeded(1), answers::add);
        await().until(() -> answers.equals(List.of(false)));
        assertThat(stop.failure()).get().satisfies(failure -> assertThat(failure)
                .isInstanceOf(OutcomesNotWrittenException.class)
                .hasMessageContaining("NoClassDefFoundError: org/example/Codec"));
    }

    @Test
    void aCloseCallsBackForOutcomesThatWait() {
        outcomes.write(succeeded(1), answers::add);
        await().until(() -> kafka.errorNext(new TimeoutException("the broker is away")));
        outcomes.write(succeeded(2), answers::add);
        outcomes.close(Duration.ofMinutes(1));
        await().until(() -> answers.equals(List.of(false, false)));
        outcomes.write(succeeded(3), answers::add);
        assertThat(answers).containsExactly(false, false, false);
    }

    private OutcomeProducer producer(Serializer<TaskOutcome> values) {
        var access = new OutcomeAccess(Map.of(), TOPIC, "t.dispatch", System::nanoTime);
        return new OutcomeProducer(kafka, access, values, new TaskOutcomes("w"), stop, System::nanoTime);
    }

    private static OutcomeRecord succeeded(long job) {
        var given = new TestAssignments(1, 1);
        var trace = new TraceContext(1, 2, 3, (byte) 1, "");
        return new OutcomeRecord(given.outcomeOf((assignment, context) -> {}, given.task(job, 0)), Optional.of(trace));
    }

    @Test
    void anOutcomeHasTheTraceOfItsAssignment() {
        outcomes.write(succeeded(7), answers::add);
        await().until(kafka::completeNext);
        assertThat(TraceContext.read(kafka.history().get(0).headers()))
                .contains(new TraceContext(1, 2, 3, (byte) 1, ""));
    }
}
