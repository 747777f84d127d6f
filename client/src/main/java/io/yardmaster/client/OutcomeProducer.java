package io.yardmaster.client;

import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.TaskOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes to their topic. A thread of its own waits for the schema registry, for the topic's metadata and for room
 * in the producer's buffer, so that neither workers nor the poll thread do. It writes an outcome again and again while the
 * broker or the registry is away; any other error stops the execution manager. Its callers bound the number of outcomes that wait here.
 */
final class OutcomeProducer implements OutcomeWriter {
    private static final Logger log = LoggerFactory.getLogger(OutcomeProducer.class);
    private static final RetryPolicy PAUSES =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(5));

    private record PendingOutcome(OutcomeRecord outcome, Consumer<Boolean> written) {}

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Serializer<TaskOutcome> values;
    private final TaskOutcomes records;
    private final OutcomeAccess access;
    private final StopRequest stop;
    private final LongSupplier ticker;
    private final AtomicInteger underWay = new AtomicInteger();
    /** Has no thread before the first outcome. */
    private final ExecutorService sending = Executors.newSingleThreadExecutor(body -> {
        var thread = new Thread(body, "yardmaster-outcomes");
        thread.setDaemon(true);
        return thread;
    });

    private int failures;
    private long pausedUntil;

    OutcomeProducer(
            Producer<byte[], byte[]> producer,
            OutcomeAccess access,
            Serializer<TaskOutcome> values,
            TaskOutcomes records,
            StopRequest stop,
            LongSupplier ticker) {
        this.producer = producer;
        this.topic = access.topic();
        this.access = access;
        this.values = values;
        this.records = records;
        this.stop = stop;
        this.ticker = ticker;
    }

    @Override
    public void awaitWritable(StopRequest stopping) throws InterruptedException {
        access.await(stopping);
    }

    @Override
    public Optional<OutcomeRecord> recordOf(Execution ended, Ending ending) {
        return records.of(ended, ending);
    }

    @Override
    public void write(OutcomeRecord outcome, Consumer<Boolean> written) {
        underWay.incrementAndGet();
        enqueue(new PendingOutcome(outcome, written));
    }

    @Override
    public void close(Duration limit) {
        sending.shutdownNow().forEach(Runnable::run);
        try {
            // The assignments of those that are not acknowledged by now are delivered again.
            producer.close(underWay.get() == 0 ? limit : Duration.ZERO);
        } catch (KafkaException e) {
            log.warn("the producer of outcomes was not closed in order: {}", e.toString());
        }
    }

    private void enqueue(PendingOutcome pending) {
        try {
            sending.execute(() -> send(pending));
        } catch (RejectedExecutionException e) {
            end(pending, false);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets the answer
    private void send(PendingOutcome pending) {
        if (sending.isShutdown() || stop.failure().isPresent()) {
            end(pending, false);
            return;
        }
        try {
            awaitEndOfPause();
            producer.send(record(pending.outcome), (sent, error) -> answered(pending, error));
        } catch (InterruptedException | InterruptException e) {
            // Only close() interrupts this thread
            Thread.currentThread().interrupt();
            end(pending, false);
        } catch (RuntimeException | Error e) {
            // An outcome without an answer would keep its assignment from being committed for ever.
            answered(pending, e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(OutcomeRecord outcome) {
        byte[] key = JobPartition.key(outcome.value().getJobId());
        var record = new ProducerRecord<>(topic, key, values.serialize(topic, outcome.value()));
        outcome.trace().ifPresent(trace -> trace.addTo(record.headers()));
        return record;
    }

    private void answered(PendingOutcome pending, Throwable error) {
        if (error == null) {
            recovered();
            end(pending, true);
        } else if (sending.isShutdown()) {
            end(pending, false);
        } else if (OutcomeErrors.mayPass(error)) {
            pause(error);
            enqueue(pending);
        } else {
            stop.requestFor(OutcomeErrors.explained(topic, error));
            end(pending, false);
        }
    }

    private void end(PendingOutcome pending, boolean acknowledged) {
        underWay.decrementAndGet();
        pending.written.accept(acknowledged);
    }

    private synchronized void recovered() {
        failures = 0;
        notifyAll();
    }

    private synchronized void pause(Throwable error) {
        if (failures == 0) {
            log.warn("outcomes cannot be written to topic {} now, and are written again: {}", topic, error.toString());
        }
        failures++;
        pausedUntil = ticker.getAsLong() + PAUSES.delayAfter(failures).toNanos();
    }

    private synchronized void awaitEndOfPause() throws InterruptedException {
        while (failures > 0 && pausedUntil - ticker.getAsLong() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, pausedUntil - ticker.getAsLong());
        }
    }
}
