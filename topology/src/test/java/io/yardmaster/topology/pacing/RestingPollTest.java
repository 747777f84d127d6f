package io.yardmaster.topology.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** Runs in virtual time: each poll takes its whole timeout. */
class RestingPollTest {
    private static final Duration TICK = Duration.ofMillis(5);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final TopicPartition LANE = new TopicPartition("lane", 0);
    private static final OffsetAndMetadata NEXT = new OffsetAndMetadata(1);
    private static final ConsumerRecords<byte[], byte[]> RECORD = new ConsumerRecords<>(
            Map.of(LANE, List.of(new ConsumerRecord<>(LANE.topic(), 0, 0, new byte[8], new byte[1]))),
            Map.of(LANE, NEXT));
    private static final ConsumerRecords<byte[], byte[]> MARKER = new ConsumerRecords<>(Map.of(), Map.of(LANE, NEXT));

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger wakeups = new AtomicInteger();
    private final IdlePacer pacer = new IdlePacer(QUIET, Duration.ofSeconds(1), nanos::get);

    /** False while polls return no records, whatever a test's poll returns. */
    private boolean quiet;

    private RestingPoll resting(Function<Duration, ConsumerRecords<byte[], byte[]>> poll) {
        return resting(poll, RestingPoll.SLICE);
    }

    private RestingPoll resting(Function<Duration, ConsumerRecords<byte[], byte[]>> poll, Duration slice) {
        RestingPoll resting = new RestingPoll(
                timeout -> {
                    polls.incrementAndGet();
                    nanos.addAndGet(timeout.toNanos());
                    return quiet ? poll.apply(timeout) : ConsumerRecords.empty();
                },
                wakeups::incrementAndGet,
                pacer,
                slice);
        pacer.onWake(resting::wake);
        return resting;
    }

    private RestingPoll nothingComes() {
        return resting(timeout -> ConsumerRecords.empty());
    }

    /** Runs rounds for a time; Streams ticks and commits once in each. */
    private int rounds(RestingPoll poll, Duration time) {
        int rounds = 0;
        for (long until = nanos.get() + time.toNanos(); nanos.get() < until; rounds++) {
            poll.poll(TICK);
        }
        return rounds;
    }

    private RestingPoll quiet(RestingPoll poll) {
        rounds(poll, QUIET);
        assertThat(pacer.isQuiet()).isTrue();
        polls.set(0);
        quiet = true;
        return poll;
    }

    @Test
    void aQuietMinuteHasSixtyTicksAndThreePollsEach() {
        RestingPoll poll = quiet(nothingComes());
        assertThat(rounds(poll, Duration.ofMinutes(1))).isLessThanOrEqualTo(60);
        assertThat(polls.get()).isLessThanOrEqualTo(60 * 3);
    }

    @Test
    void aThreadInNoGroupRestsInOnePoll() {
        RestingPoll poll = quiet(resting(timeout -> ConsumerRecords.empty(), pacer.longestRest()));
        assertThat(rounds(poll, Duration.ofMinutes(1))).isLessThanOrEqualTo(60);
        assertThat(polls.get()).isLessThanOrEqualTo(60 * 2);
    }

    @Test
    void S2_whileThereIsWorkEveryTickComes() {
        RestingPoll poll = nothingComes();
        int rounds = 0;
        for (long until = Duration.ofMinutes(1).toNanos(); nanos.get() < until; rounds++) {
            poll.poll(TICK);
            pacer.active();
        }
        assertThat(rounds).isEqualTo(60_000 / 5);
    }

    @Test
    void aRecordEndsTheRestAndKeepsEverybodyAtWork() {
        RestingPoll poll = resting(timeout -> polls.get() == 3 ? RECORD : ConsumerRecords.empty());
        quiet(poll);
        long begun = nanos.get();
        assertThat(poll.poll(TICK).count()).isEqualTo(1);
        assertThat(nanos.get() - begun)
                .isEqualTo(TICK.plus(RestingPoll.SLICE.multipliedBy(2)).toNanos());
        assertThat(rounds(poll, QUIET)).isGreaterThanOrEqualTo(200);
    }

    @Test
    void passedOffsetsAreReturnedAtOnce() {
        RestingPoll poll = resting(timeout -> polls.get() == 2 ? MARKER : ConsumerRecords.empty());
        quiet(poll);
        assertThat(poll.poll(TICK).nextOffsets()).containsKey(LANE);
    }

    @Test
    void aWakeEndsTheRestForOneRound() {
        RestingPoll poll = resting(timeout -> {
            if (polls.get() == 3) {
                pacer.wake();
                assertThat(wakeups).hasValue(1);
                throw new WakeupException();
            }
            return ConsumerRecords.empty();
        });
        quiet(poll);
        poll.poll(TICK);
        assertThat(polls).hasValue(3);
        poll.poll(TICK);
        assertThat(polls.get()).isGreaterThan(5);
    }

    @Test
    void aWakeBetweenTwoRoundsIsNotMissed() {
        RestingPoll poll = quiet(nothingComes());
        poll.poll(TICK);
        polls.set(0);
        pacer.wake();
        poll.poll(TICK);
        assertThat(polls).hasValue(1);
        assertThat(wakeups).as("no thread rested").hasValue(0);
    }

    @Test
    void aWakeThatComesTooLateHurtsNobody() {
        RestingPoll poll = resting(timeout -> {
            throw new WakeupException();
        });
        assertThat(quiet(poll).poll(TICK)).isEmpty();
    }

    @Test
    void aPollWithoutATimeoutDoesNotWait() {
        RestingPoll poll = quiet(nothingComes());
        long begun = nanos.get();
        poll.poll(Duration.ZERO);
        assertThat(nanos).hasValue(begun);
    }
}
