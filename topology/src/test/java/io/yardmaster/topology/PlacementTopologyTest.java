package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.OfferEnd;
import io.yardmaster.schemas.OfferKind;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PlacementTopologyTest {
    private static final String GPU = "gpu";
    private static final Map<String, Long> TWO = Map.of("cpu", 2L);
    private static final Map<String, Long> ONE = Map.of("cpu", 1L);

    private final Deque<Runnable> requested = new ArrayDeque<>();
    private boolean atOnce = true;
    private PlacementDriver driver = new PlacementDriver(plan -> {
        if (atOnce) {
            plan.run();
        } else {
            requested.add(plan);
        }
    });
    private final String dispatch = driver.topics().dispatch(GPU);
    private final String deadLetters = driver.topics().deadLetter();

    @BeforeEach
    void places() {
        driver.policy(GPU, "hosts", false);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private List<TaskAssignment> assigned() {
        return driver.values(Topic.DISPATCH, dispatch);
    }

    private List<TaskOutcome> returned() {
        return driver.values(Topic.OUTCOMES, driver.topics().of(Topic.OUTCOMES));
    }

    private List<String> reasons() {
        return driver.written(deadLetters).stream()
                .map(letter -> new String(
                        letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void P1_anOfferBecomesAnAssignmentThatNamesItsHost() {
        driver.beat(GPU, "h1", 9, TWO, 0);
        driver.offer(GPU, 1, 4, false, ONE, 104L, 105L, 106L);
        driver.tick();
        List<TestRecord<byte[], byte[]>> records = driver.written(dispatch);
        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(HostHeaders.name(record.headers(), "h1", 9)).isTrue();
            assertThat(Epoch.read(record.headers())).hasValue(1);
            assertThat(record.key()).isEqualTo(Epoch.encode(1));
        });
        driver.ended(GPU, 1, 4, 104);
        driver.tick();
        assertThat(assigned()).singleElement().satisfies(value -> {
            assertThat(value.getAssignmentId()).isEqualTo(106);
            assertThat(value.getResourceGroupId()).isEqualTo(7);
            assertThat(value.getTaskIndex()).isEqualTo(6);
            assertThat(value.getSessionId()).isEqualTo(1);
            assertThat(value.getReadyAt()).isEqualTo(Instant.ofEpochMilli(5));
            assertThat(value.getTimeoutMs()).isEqualTo(6);
            assertThat(value.getPool()).isEqualTo(GPU);
            assertThat(value.getHost()).isEqualTo("h1");
            assertThat(value.getNeeds()).isEqualTo(ONE);
        });
    }

    @Test
    void thePolicyChoosesTheStrategyOfAPool() {
        driver.beat(GPU, "h1", 9, Map.of("cpu", 4L), 0);
        driver.beat(GPU, "h2", 9, Map.of("cpu", 4L), 0);
        driver.offer(GPU, 1, 0, false, ONE, 100L, 101L);
        driver.tick();
        assertThat(assigned()).extracting(TaskAssignment::getHost).containsExactly("h1", "h1");
        driver.strategy(GPU, "spread");
        driver.offer(GPU, 2, 0, false, ONE, 200L, 201L);
        driver.tick();
        assertThat(assigned()).extracting(TaskAssignment::getHost).containsExactly("h2", "h2");
        driver.offer(GPU, 3, 0, false, ONE, 300L, 301L);
        driver.tick();
        assertThat(assigned()).extracting(TaskAssignment::getHost).containsExactly("h1", "h2");
    }

    @Test
    void P3_aJobThatIsWithdrawnWhileAPlanIsMadeGetsNoPlace() {
        atOnce = false;
        driver.beat(GPU, "h1", 9, Map.of("cpu", 8L), 0);
        driver.offer(GPU, 1, 0, false, ONE, 100L);
        driver.offer(GPU, 2, 0, false, ONE, 200L);
        driver.offer(GPU, 3, 0, false, ONE, 300L);
        driver.tick();
        driver.withdraw(GPU, OfferKind.KILLED, 1);
        driver.withdraw(GPU, OfferKind.RECALLED, 2);
        assertThat(returned())
                .extracting(TaskOutcome::getAssignmentId, TaskOutcome::getResult, TaskOutcome::getReason)
                .containsExactly(
                        tuple(100L, TaskResult.KILLED, "paused by ann"),
                        tuple(200L, TaskResult.REFUSED, "paused by ann"));
        requested.remove().run();
        driver.tick();
        assertThat(assigned()).extracting(TaskAssignment::getAssignmentId).containsExactly(300L);
    }

    @Test
    void L9_tasksThatWaitInAPoolThatIsClosedGoBackToTheirShards() {
        driver.offer(GPU, 1, 0, false, ONE, 100L);
        driver.policy(GPU, "hosts", true);
        driver.tick();
        assertThat(returned()).extracting(TaskOutcome::getReason).containsExactly("pool gpu is paused");
        driver.policy(GPU, "group", false);
        driver.offer(GPU, 1, 0, false, ONE, 101L);
        driver.tick();
        assertThat(returned())
                .extracting(TaskOutcome::getReason)
                .containsExactly("pool gpu does not place tasks on hosts any more");
    }

    @Test
    void P4_theTasksOfASilentHostGoBackToTheirShardsAndItIsToldToStartAnew() {
        driver.beat(GPU, "h1", 9, TWO, 0);
        driver.offer(GPU, 1, 0, false, ONE, 100L);
        driver.tick();
        assertThat(assigned()).hasSize(1);
        driver.stall(Duration.ofMinutes(1));
        driver.tick();
        assertThat(returned()).as("this instance itself was silent").isEmpty();
        driver.pass(Duration.ofSeconds(41));
        assertThat(returned()).singleElement().satisfies(outcome -> {
            assertThat(outcome.getAssignmentId()).isEqualTo(100);
            assertThat(outcome.getResult()).isEqualTo(TaskResult.REFUSED);
            assertThat(outcome.getReason()).isEqualTo("host h1 was silent for 40 s");
        });
        assertThat(driver.values(Topic.KILLS, driver.topics().of(Topic.KILLS)))
                .singleElement()
                .extracting(Kill::getJobId, Kill::getAssignmentId)
                .containsExactly(1L, 100L);
        driver.beat(GPU, "h1", 9, TWO, 0);
        assertThat(driver.written(dispatch)).singleElement().satisfies(told -> {
            assertThat(told.value()).isNull();
            assertThat(HostHeaders.name(told.headers(), "h1", 9)).isTrue();
            assertThat(HostHeaders.isReplaced(told.headers())).isFalse();
            assertThat(HostHeaders.newest(told.headers())).hasValue(9);
        });
        assertThat(reasons())
                .containsExactly("host h1 is refused: incarnation 9 was silent for too long, it must start anew");
    }

    @Test
    void S9_aClockThatIsPutForwardLosesNoHost() {
        driver.step(Duration.ofHours(1));
        driver.beat(GPU, "h1", 9, TWO, 0);
        driver.offer(GPU, 1, 0, false, ONE, 100L);
        driver.tick();
        assertThat(reasons()).isEmpty();
        assertThat(assigned()).hasSize(1);
    }

    @Test
    void aHostWhosePartitionIsNotThereIsRefusedAndGetsNothing() {
        driver.partitions(3);
        driver.beat(GPU, "h1", 9, TWO, 99);
        driver.beat(GPU, "h2", 9, TWO, 3);
        driver.offer(GPU, 1, 0, false, ONE, 100L);
        driver.tick();
        assertThat(assigned()).isEmpty();
        assertThat(reasons())
                .containsExactly(
                        "host h1 has dispatch_partition 99: the topic of pool gpu has 3 partitions",
                        "host h2 has dispatch_partition 3: the topic of pool gpu has 3 partitions");
    }

    @Test
    void aHeartbeatThatLiesElsewhereIsRefusedWithBothPartitionsAndTheLikelyCause() {
        int shards = 5;
        String elsewhere = Stream.of("gpu", "cpu", "big")
                .filter(pool -> JobPartition.ofKey(pool.getBytes(StandardCharsets.UTF_8), shards) != 0)
                .findFirst()
                .orElseThrow();
        driver.close();
        driver = new PlacementDriver(Runnable::run, shards);
        driver.policy(elsewhere, "hosts", false);
        driver.beat(elsewhere, "h1", 9, TWO, 0);
        assertThat(reasons())
                .singleElement()
                .asString()
                .contains(
                        "heartbeats of pool " + elsewhere + " belong in partition ",
                        " of 5, where Kafka's default partitioner (murmur2) puts their key, but this one lies in partition 0",
                        "partitioner=murmur2_random");
    }

    @Test
    void aHostIsHeardOnceThePartitionsOfItsPoolAreKnownAndThenAlways() {
        driver.partitions(0);
        driver.beat(GPU, "h1", 9, TWO, 1);
        driver.offer(GPU, 1, 0, false, ONE, 100L);
        driver.tick();
        assertThat(assigned()).isEmpty();
        driver.partitions(2);
        driver.beat(GPU, "h1", 9, TWO, 1);
        driver.tick();
        assertThat(assigned()).hasSize(1);
        driver.partitions(0);
        driver.pass(Duration.ofSeconds(39));
        driver.beat(GPU, "h1", 9, TWO, 1);
        driver.pass(Duration.ofSeconds(2));
        assertThat(returned()).isEmpty();
        assertThat(reasons()).isEmpty();
    }

    @Test
    void P1_oneRecordNamesTheEndsOfTasksOfSeveralJobs() {
        driver.beat(GPU, "h1", 9, TWO, 0);
        driver.offer(GPU, 1, 0, false, ONE, 100L);
        driver.offer(GPU, 2, 3, false, ONE, 203L);
        driver.offer(GPU, 3, 0, false, ONE, 300L, 301L, 302L);
        driver.tick();
        assertThat(assigned()).hasSize(2);
        var ended = PlacementDriver.offer(GPU, OfferKind.ENDED, 0, 1);
        ended.setEnds(List.of(new OfferEnd(1L, 0, 0, 100L, false), new OfferEnd(2L, 3, 0, 203L, false)));
        driver.send(Topic.OFFERS, GPU, ended.build());
        driver.tick();
        assertThat(assigned()).extracting(TaskAssignment::getAssignmentId).containsExactlyInAnyOrder(300L, 301L);
    }

    @Test
    void anEndThatNamesNothingGoesToTheDeadLetters() {
        driver.send(
                Topic.OFFERS,
                GPU,
                PlacementDriver.offer(GPU, OfferKind.ENDED, 1, 1).build());
        assertThat(reasons()).containsExactly("an end names no assignment");
    }

    @Test
    void S11_aNewSessionOfTheSessionsTopicVoidsOffersAndBookings() {
        driver.beat(GPU, "h1", 9, ONE, 0);
        driver.offer(GPU, 1, 0, false, ONE, 100L, 101L);
        driver.tick();
        assertThat(assigned()).hasSize(1);
        driver.session(2);
        driver.tick();
        driver.ended(GPU, 1, 0, 100);
        driver.tick();
        assertThat(assigned()).isEmpty();
        driver.offer(GPU, 1, 7, false, ONE, 107L);
        var newer = PlacementDriver.offer(GPU, OfferKind.OFFERED, 3, 2);
        newer.setFirstTask(0);
        newer.setAssignmentIds(List.of(300L));
        driver.send(Topic.OFFERS, GPU, newer.build());
        driver.tick();
        assertThat(assigned()).extracting(TaskAssignment::getAssignmentId).containsExactly(300L);
    }

    @Test
    void aHeartbeatOfAPoolThatPlacesNothingOnHostsLeavesOnlyOneLineForThePool() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(HeartbeatCheck.class);
        logger.addAppender(log);
        driver.beat("other", "h1", 9, TWO, 0);
        driver.beat("other", "h2", 9, TWO, 0);
        logger.detachAppender(log);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "heartbeats of pool other are passed over, such as that of host h1: it places no tasks on hosts"
                                + " (placement=hosts in the policy)");
        driver.tick();
        driver.policy("other", "hosts", false);
        driver.offer("other", 1, 0, false, ONE, 100L);
        driver.tick();
        assertThat(driver.written(driver.topics().dispatch("other"))).isEmpty();
        driver.beat("other", "h1", 9, TWO, 0);
        driver.tick();
        assertThat(driver.written(driver.topics().dispatch("other"))).hasSize(1);
        assertThat(reasons()).isEmpty();
    }

    @Test
    void badRecordsAreDeadLettersWithOneLine() {
        driver.beat(GPU, "h 1", 9, TWO, 0);
        driver.beat(GPU, "h1", 9, Map.of("cpu", -1L), 0);
        driver.beat(GPU, "h1", 9, TWO, -1);
        driver.beat(GPU, "h1", 9, TWO, 0);
        driver.beat(GPU, "h1", 9, TWO, 1);
        driver.beat(GPU, "h1", 8, TWO, 0);
        var future = new io.yardmaster.schemas.Host(GPU, "h2", 1L, TWO, Map.of(), 0, Instant.ofEpochMilli(7_000));
        driver.send(Topic.HOSTS, GPU, future);
        driver.send(Topic.HOSTS, "other", future);
        driver.offer(GPU, 1, 0, false, ONE);
        driver.offer(GPU, 1, 0, false, Map.of("cpu", -1L), 100L);
        driver.sendRaw(Topic.OFFERS, GPU.getBytes(StandardCharsets.UTF_8), null);
        assertThat(reasons())
                .containsExactly(
                        "host 'h 1': must have 1 to 200 letters, digits, '.', '_', ':' and '-', the first a letter or digit",
                        "host h1 has cpu=-1: must be from 0 to 9007199254740991",
                        "host h1 has dispatch_partition -1: must be 0 or more",
                        "host h1 is refused: two hosts have this name, with the partitions 0 and 1",
                        "host h1 of incarnation 8 is refused: incarnation 9 has taken its name",
                        "host h2 is refused: its clock is 7000 ms ahead, 5000 are allowed",
                        "the key must be the pool's name, 'gpu'",
                        "an offer has 0 tasks from 0 on",
                        "an offer has needs {cpu=-1}: must be from 0 to 9007199254740991",
                        "the record has no value");
        assertThat(driver.written(dispatch)).singleElement().satisfies(told -> {
            assertThat(HostHeaders.isReplaced(told.headers())).isTrue();
            assertThat(HostHeaders.newest(told.headers())).hasValue(9);
        });
    }
}
