package io.yardmaster.client;

import io.yardmaster.schemas.HostHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a share group, for one assignment at a time: takes it, keeps its lock until it has ended, acknowledges
 * it, and takes the next. A Kafka share consumer fetches nothing new while it holds any record of its last fetch, so a
 * member that took more would idle until the slowest had ended.
 */
final class ShareMember implements AutoCloseable {
    static final int RECORDS_PER_POLL = 1;

    private static final Logger log = LoggerFactory.getLogger(ShareMember.class);
    private static final Duration IDLE_WAIT = Duration.ofMillis(100);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);

    private final ShareConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final RecordLock lock;
    /**
     * Decodes beside the member, which must renew the lock when a registry takes longer to answer than a lock holds.
     */
    private final ExecutorService decoding;

    private final PatientDecoder decoder;
    private final Workers workers;
    private final Engine engine;
    private final StopRequest stop;

    ShareMember(
            ShareConsumer<byte[], byte[]> consumer,
            String topic,
            Duration maxPollInterval,
            AssignmentDecoder decoder,
            Engine engine) {
        this.consumer = consumer;
        this.topic = topic;
        this.lock = new RecordLock(consumer, maxPollInterval, engine.options().ticker());
        this.decoding = Executors.newSingleThreadExecutor(
                body -> new Thread(body, Thread.currentThread().getName() + "-decode"));
        this.decoder = new PatientDecoder(decoder, engine.options().ticker(), decoding);
        this.workers = engine.workers();
        this.engine = engine;
        this.stop = engine.stop();
    }

    /** Returns once a stop is requested; the caller then closes it, which leaves the group. */
    void run(DeliveryLimit limit) throws InterruptedException {
        consumer.subscribe(List.of(topic));
        while (!stop.requested()) {
            for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(IDLE_WAIT)) {
                hold(polled, limit);
            }
        }
    }

    /** Leaves the group: sends the last acknowledgement, and releases records fetched since. */
    @Override
    public void close() {
        decoding.shutdownNow();
        consumer.close(LEAVE_LIMIT);
    }

    private void hold(ConsumerRecord<byte[], byte[]> polled, DeliveryLimit limit) throws InterruptedException {
        lock.hold(polled);
        if (HostHeaders.nameAny(polled.headers())) {
            // It was placed on a host, which alone runs it.
            lock.end(AcknowledgeType.ACCEPT);
            return;
        }
        boolean last = limit.isLast(polled);
        if (last) {
            log.warn(
                    "{}-{} offset {} is delivered for the last time, of {} times",
                    polled.topic(),
                    polled.partition(),
                    polled.offset(),
                    limit.deliveries());
        }
        var delivery = new Delivery(polled, decoder, workers, engine);
        AcknowledgeType verdict;
        try {
            verdict = runToItsEnd(delivery);
        } catch (RuntimeException e) {
            giveUpAfter(e, delivery);
            throw e;
        }
        awaitAnswer();
        lock.end(verdict);
        if (last && verdict == AcknowledgeType.RELEASE) {
            reportExhausted(delivery, polled, limit);
        }
    }

    private AcknowledgeType runToItsEnd(Delivery delivery) throws InterruptedException {
        Optional<AcknowledgeType> verdict = Optional.empty();
        while (verdict.isEmpty() && mayGoOn(delivery)) {
            lock.tend();
            if (lock.lost()) {
                delivery.cancel(DropReason.LOST);
            }
            verdict = delivery.advance(stop.atMost(STEP));
        }
        return verdict.isPresent() ? verdict.get() : giveUp(delivery);
    }

    /** Keeps the lock until the cancelled handler has ended, so that no other member begins before. */
    private AcknowledgeType giveUp(Delivery delivery) throws InterruptedException {
        delivery.cancel(DropReason.CLOSED);
        if (stop.requested()) {
            engine.shutDown();
        }
        long until = engine.options().ticker().getAsLong()
                + engine.options().cancelGrace().toNanos();
        while (delivery.running() && engine.options().ticker().getAsLong() - until < 0) {
            lock.tend();
            delivery.advance(STEP);
        }
        return delivery.giveUp(DropReason.CLOSED);
    }

    /** Like it after an error, which is the end of the execution manager; the lock may be what failed, so nobody looks after it. */
    private void giveUpAfter(RuntimeException failure, Delivery delivery) throws InterruptedException {
        delivery.cancel(DropReason.CLOSED);
        stop.requestBy(Duration.ZERO);
        engine.shutDown();
        try {
            long until = engine.options().ticker().getAsLong()
                    + engine.options().cancelGrace().toNanos();
            while (delivery.handled() && engine.options().ticker().getAsLong() - until < 0) {
                delivery.advance(STEP);
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** While closing, only a running assignment may go on, and only until the deadline. */
    private boolean mayGoOn(Delivery delivery) {
        if (!stop.requested()) {
            return !lock.lost() || delivery.running();
        }
        delivery.dropUnlessBegun(DropReason.CLOSED);
        return delivery.running() && !stop.atMost(STEP).isZero();
    }

    private void awaitAnswer() throws InterruptedException {
        long until = engine.options().ticker().getAsLong() + LEAVE_LIMIT.toNanos();
        while (lock.renewing() && engine.options().ticker().getAsLong() - until < 0) {
            lock.tend();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private void reportExhausted(Delivery delivery, ConsumerRecord<byte[], byte[]> polled, DeliveryLimit limit) {
        log.warn(
                "{}-{} offset {} was not finished on its last delivery and will not be delivered again: {}",
                polled.topic(),
                polled.partition(),
                polled.offset(),
                delivery.assignment().map(Assignment::ids).orElse("not decoded"));
        delivery.assignment()
                .ifPresent(assignment -> engine.options().listener().exhausted(assignment, limit.deliveries()));
    }
}
