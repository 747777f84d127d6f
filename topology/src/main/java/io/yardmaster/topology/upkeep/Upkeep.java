package io.yardmaster.topology.upkeep;

import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.PolicySnapshot;
import io.yardmaster.topology.views.DeadLetterTail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the upkeep once in an interval, on a thread of its own. After a failure it tries again the next time. */
public final class Upkeep implements AutoCloseable {
    /** Long enough to cost nothing, short enough that a disk does not fill up. */
    public static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final TakenPositions positions;
    private final LostRecords lost;
    private final Purge purge;
    private final BooleanSupplier responsible;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final GivenUp givenUp;
    private final ResultsLag results;
    private final Duration interval;
    /** The failure that was reported last; empty after a success. */
    private String reported = "";

    /**
     * Prepares; the caller closes the admin client.
     *
     * @param policy of which the pools are looked at
     * @param responsible true while this instance does the upkeep
     * @param wallClock epoch ms
     */
    public Upkeep(
            Admin admin,
            SchedulerConfig config,
            Supplier<PolicySnapshot> policy,
            DeadLetterTail deadLetters,
            BooleanSupplier responsible,
            LongSupplier wallClock,
            Duration interval) {
        this.interval = interval;
        positions = new TakenPositions(admin, config, policy);
        lost = new LostRecords(positions::groupOf);
        purge = config.keepTaken()
                .map(keep -> new Purge(admin, positions, keep, wallClock))
                .orElse(null);
        givenUp = new GivenUp(deadLetters, config, wallClock);
        results = new ResultsLag(admin, positions, config, wallClock);
        this.responsible = responsible;
        thread = new Thread(this::run, "yardmaster-upkeep");
        thread.setDaemon(true);
    }

    /**
     * Looks once, and runs by itself from then on.
     *
     * @throws RetriableException if Kafka does not answer: no group may move on before another look
     */
    public void start() {
        look();
        begin();
    }

    void begin() {
        thread.start();
    }

    /**
     * Checks for lost records once, before a group moves on and they can no longer be noticed. If Kafka refuses to tell, the log
     * says so.
     */
    private void look() {
        try {
            once(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException away) {
                throw away;
            }
            report(e.getCause().toString());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "no answer about offsets in " + TakenPositions.REQUEST_SECONDS + " s", e);
        }
    }

    /** Offsets of this topic, those of pools with the dispatch topic, that were deleted before they were taken, since the start. */
    public long lost(String topic) {
        return lost.of(topic);
    }

    /** Assignments that the execution managers' share group gave up in the last hour, as of the latest check. */
    public int givenUp() {
        return givenUp.latest();
    }

    /** The topics that the connectors of results read. */
    public List<String> resultsTopics() {
        return results.topics();
    }

    /** The lag and the losses of the connectors of results in this topic, as of the latest check. */
    public ResultsFigures results(String topic) {
        return results.of(topic);
    }

    private void run() {
        try {
            while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                String first = attempt(givenUp::check);
                String second = attempt(() -> {
                    if (responsible.getAsBoolean()) {
                        once(purge != null);
                    }
                });
                String third = attempt(results::check);
                report(Stream.of(first, second, third)
                        .filter(failure -> !failure.isEmpty())
                        .findFirst()
                        .orElse(""));
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("closed while at work", e);
        }
    }

    private interface Step {
        void run() throws ExecutionException, InterruptedException, TimeoutException;
    }

    /** Returns the failure, or an empty text. */
    private static String attempt(Step step) {
        try {
            step.run();
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (InterruptException e) {
            throw e;
        } catch (ExecutionException e) {
            return e.getCause().toString();
        } catch (TimeoutException | RuntimeException | Error e) {
            // An Error too: the next time shows whether it has passed.
            return e.toString();
        }
    }

    private void once(boolean delete) throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> taken = positions.taken();
        Map<TopicPartition, Long> starts = positions.offsets(taken.keySet(), OffsetSpec.earliest());
        lost.check(taken, starts);
        if (delete) {
            purge.run(taken, starts);
        }
    }

    private void report(String failure) {
        if (!failure.isEmpty() && !failure.equals(reported)) {
            LOG.warn("the upkeep of the topics failed and will be tried again: {}", failure);
        }
        reported = failure;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
