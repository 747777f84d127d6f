package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.When;
import io.yardmaster.topology.meters.GraphResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Graphs that make no sense for a reason that the record alone shows (G3). */
class GraphEventsTest {
    private static final long DAYS_30 = 30L * 24 * 3_600 * 1_000;

    private SchedulerDriver scheduler = new SchedulerDriver();

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void G3_aGraphThatMakesNoSenseIsADeadLetterAndAnEventOfItsJob() {
        assertRefused(
                with(builder -> builder.setSessionId(-2)),
                "session_id -2 is neither a session nor -1, the current one");
        assertRefused(with(builder -> builder.setPriority(1_001)), "priority 1001 is not one from -1000 to 1000");
        assertRefused(with(builder -> builder.setPriority(-1_001)), "priority -1001 is not one from -1000 to 1000");
        assertRefused(with(builder -> builder.setParts(0)), "parts 0 is not one from 1 to 1000");
        assertRefused(with(builder -> builder.setParts(1_001)), "parts 1001 is not one from 1 to 1000");
        assertRefused(with(builder -> builder.setPart(1)), "part 1 is not one from 0 to 0");
        assertRefused(with(builder -> builder.setPart(-1)), "part -1 is not one from 0 to 0");
        assertRefused(graph(), "stages is empty");
        assertRefused(graph(stage("", 1)), "the name of a stage has 0 characters, must have 1 to 200");
        assertRefused(graph(stage("n".repeat(201), 1)), "the name of a stage has 201 characters, must have 1 to 200");
        assertRefused(graph(stage("a", 0)), "tasks of stage a 0 is not one from 1 to 2147483647");
        assertRefused(graph(stage("a", -1)), "tasks of stage a -1 is not one from 1 to 2147483647");
        assertRefused(graph(stage("a", 1), stage("b", 1), stage("a", 2)), "two stages have the name a");
        assertRefused(graph(tried(0, 0, 0)), "attempts of stage a 0 is not one from 1 to 1000000");
        assertRefused(graph(tried(1_000_001, 0, 0)), "attempts of stage a 1000001 is not one from 1 to 1000000");
        assertRefused(graph(tried(1, -1, 0)), "backoff_ms of stage a -1 is not one from 0 to 2592000000");
        assertRefused(
                graph(tried(1, DAYS_30 + 1, 0)), "backoff_ms of stage a 2592000001 is not one from 0 to 2592000000");
        assertRefused(graph(tried(1, 0, -1)), "timeout_ms of stage a -1 is not one from 0 to 2592000000");
        assertRefused(
                graph(tried(1, 0, DAYS_30 + 1)), "timeout_ms of stage a 2592000001 is not one from 0 to 2592000000");
        assertRefused(with(more -> more.setName("n".repeat(201))), "name has 201 characters, may have 200");
        assertRefused(graph(prioritized(101)), "priority of stage a 101 is not one from -100 to 100");
        assertRefused(graph(prioritized(-101)), "priority of stage a -101 is not one from -100 to 100");
        assertRefused(graph(withPayload(3_501)), "payload of stage a has 3501 bytes, may have 3500");
    }

    @Test
    void G3_aGraphThatIsTooLargeIsRefusedBeforeAnythingIsMadeOfIt() {
        Stage[] stages = IntStream.rangeClosed(0, 100_000)
                .mapToObj(number -> stage("s" + number, 1))
                .toArray(Stage[]::new);
        assertRefused(graph(stages), "the graph has 100001 stages, may have 100000");
        List<StageDependency> many = Collections.nCopies(500_001, new StageDependency("b", false));
        Stage one = new Stage("a", 1, many, When.ALL, 1, 0L, 0L, Payload.NONE, Map.of(), "", 0, Map.of(), false);
        Stage two = new Stage("b", 1, many, When.ALL, 1, 0L, 0L, Payload.NONE, Map.of(), "", 0, Map.of(), false);
        assertRefused(graph(one, two), "the graph has 1000002 dependencies, may have 1000000");
    }

    @Test
    void G3_aGangThatCanNeverStartBecauseOfALimitOfTasksIsRefused() {
        Stage gang = Stage.newBuilder(SubmittedGraph.pooled("a", 9, "gpu"))
                .setGang(true)
                .build();
        Map<String, String> names = Map.of(
                LimitKeys.JOB,
                "tasks/job",
                LimitKeys.ALL,
                "tasks/all",
                LimitKeys.ofGroup(SchedulerDriver.GROUP),
                "group/" + SchedulerDriver.GROUP);
        names.forEach((key, name) -> {
            assertThatThrownBy(() -> submitted(gang, key, 8))
                    .hasMessage("the 9 tasks of gang a need more of limit " + name + " than there is, 8");
            assertThat(submitted(gang, key, 9).stages()).hasSize(1);
            assertThat(submitted(SubmittedGraph.pooled("a", 9, "gpu"), key, 8).stages())
                    .hasSize(1);
        });
    }

    private static Event.GraphSubmitted submitted(Stage stage, String limit, long capacity) {
        JobGraph graph = graph(stage);
        return GraphEvents.of(
                graph,
                new Record<>(5L, graph, 0),
                Map.of(LimitKeys.ofPool("gpu"), 1_000L, limit, capacity),
                Set.of("gpu"));
    }

    private static JobGraph graph(Stage... stages) {
        return SubmittedGraph.of(5, stages);
    }

    private static JobGraph with(UnaryOperator<JobGraph.Builder> more) {
        return SubmittedGraph.with(5, more, stage("a", 1));
    }

    private static Stage tried(int attempts, long backoff, long timeout) {
        return new Stage(
                "a",
                1,
                List.of(),
                When.ALL,
                attempts,
                backoff,
                timeout,
                Payload.NONE,
                Map.of(),
                "",
                0,
                Map.of(),
                false);
    }

    private static Stage prioritized(int priority) {
        return Stage.newBuilder(stage("a", 1)).setPriority(priority).build();
    }

    private static Stage withPayload(int bytes) {
        return new Stage(
                "a", 1, List.of(), When.ALL, 1, 0L, 0L, ByteBuffer.allocate(bytes), Map.of(), "", 0, Map.of(), false);
    }

    private void assertRefused(JobGraph graph, String reason) {
        scheduler.send(Topic.GRAPHS, 5, graph);
        TestRecord<byte[], byte[]> letter = scheduler.deadLetters().readRecord();
        assertThat(reason(letter)).isEqualTo(reason);
        assertThat(new String(
                        letter.headers().lastHeader(DeadLetterHeaders.SOURCE).value(), StandardCharsets.UTF_8))
                .startsWith("yardmaster.graphs-0@");
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(JobEvent::getJobId, JobEvent::getResourceGroupId, JobEvent::getWhat, JobEvent::getReason)
                .containsExactly(tuple(5L, SchedulerDriver.GROUP, JobEventKind.JOB_REFUSED, reason));
        assertThat(scheduler.meters.graphs).containsOnly(GraphResult.REFUSED);
        assertThat(scheduler.tick()).isEmpty();
    }

    @Test
    void noEventTellsOfAJobThatItsGraphDoesNotNameOrThatLiesElsewhere() {
        scheduler.send(Topic.GRAPHS, 6, graph(stage("a", 1)));
        assertThat(reason(scheduler.deadLetters().readRecord())).isEqualTo("key 6 is not the job_id 5");
        scheduler.sendRaw(Topic.GRAPHS, new byte[8], null);
        assertThat(reason(scheduler.deadLetters().readRecord())).isEqualTo("the event has no value");
        assertThat(scheduler.written(Topic.EVENTS)).isEmpty();
        scheduler.close();
        scheduler = new SchedulerDriver(4);
        long elsewhere = 1;
        while (JobPartition.of(elsewhere, 4) == 0) {
            elsewhere++;
        }
        scheduler.send(Topic.GRAPHS, elsewhere, SubmittedGraph.of(elsewhere, stage("a", 1)));
        assertThat(reason(scheduler.deadLetters().readRecord())).contains("belongs in partition");
        assertThat(scheduler.written(Topic.EVENTS)).isEmpty();
    }

    @Test
    void aSecondGraphThatMakesNoSenseDoesNotTellThatItsJobIsRefused() {
        scheduler.ready(5, 0, 0, 0);
        scheduler.written(Topic.EVENTS);
        scheduler.send(Topic.GRAPHS, 5, graph());
        assertThat(reason(scheduler.deadLetters().readRecord())).isEqualTo("stages is empty");
        assertThat(scheduler.written(Topic.EVENTS)).isEmpty();
        assertThat(scheduler.meters.graphs).isEmpty();
    }

    @Test
    void aSenderWhoTakesAJobForNewIsToldThatItIsKnown() {
        scheduler.ready(5, 3, 0, 0);
        scheduler.written(Topic.EVENTS);
        RecordHeaders headers = new RecordHeaders();
        headers.add("yardmaster.expects", "new".getBytes(StandardCharsets.US_ASCII));
        scheduler.send(Topic.GRAPHS, 5, graph(stage("a", 1)), headers);
        assertThat(reason(scheduler.deadLetters().readRecord()))
                .isEqualTo("job 5 is known already, of resource group 7 in session 3, and 1 of its tasks wait");
        assertThat(scheduler.written(Topic.EVENTS)).isEmpty();
    }

    private static String reason(TestRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8);
    }
}
