package io.yardmaster.client;

import io.yardmaster.schemas.HostHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The membership of a host in its pool: in no group. It reads one partition of the pool's dispatch topic, from the end that the partition
 * has when the host starts, and takes the assignments that name this incarnation of the host. Nothing is committed, since the
 * scheduler knows the host's tasks by its bookings. When the scheduler has not heard of it for long, the host ends its tasks and
 * starts anew.
 */
final class HostLoop implements Membership {
    private static final Logger log = LoggerFactory.getLogger(HostLoop.class);
    /** Takes nothing more while so many outcomes are not acknowledged, as the broker is away, say. */
    private static final int MOST_UNWRITTEN = 1_000;

    private static final Duration BUSY_WAIT = Duration.ofMillis(20);
    private static final Duration IDLE_WAIT = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LOOK_UP_LIMIT = Duration.ofSeconds(3);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Heartbeats heartbeats;
    private final Engine engine;
    private final StopRequest stop;
    private final int most;
    private final Holdings holdings;
    private final Inbox inbox;
    private final LongSupplier ticker;
    private long incarnation;
    /** The newest incarnation with the host's name that this host has heard of. */
    private long newest;

    private boolean isOver;
    /** Null before the topic is known. */
    private TopicPartition partition;

    /** @param incarnation of the first start */
    HostLoop(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Heartbeats heartbeats,
            long incarnation,
            AssignmentDecoder decoder,
            Engine engine) {
        ExecutionOptions options = engine.options();
        this.consumer = consumer;
        this.topic = topic;
        this.heartbeats = heartbeats;
        this.incarnation = incarnation;
        this.newest = incarnation;
        this.engine = engine;
        this.stop = engine.stop();
        this.ticker = options.ticker();
        this.most = options.parallelism();
        this.holdings = new Holdings(engine);
        this.inbox = new Inbox(new PatientDecoder(decoder, ticker, Runnable::run), holdings, options.listener(), false);
    }

    /** Says farewell, unless it was cut off. */
    @Override
    public void run() throws InterruptedException {
        try {
            engine.outcomes().awaitWritable(stop);
            awaitPartition();
            begin();
            while (!stop.requested()) {
                cycle();
            }
            if (!stop.cutOff()) {
                finishRunning();
            }
        } catch (Throwable t) {
            leaveAfter(t);
            throw t;
        }
        leave();
    }

    private void awaitPartition() throws InterruptedException {
        boolean told = false;
        while (!stop.requested() && partition == null) {
            try {
                List<PartitionInfo> found = consumer.partitionsFor(topic, LOOK_UP_LIMIT);
                if (!found.isEmpty()) {
                    String name = heartbeats.profile().name();
                    partition = new TopicPartition(topic, HostHeaders.partitionOf(name, found.size()));
                    consumer.assign(List.of(partition));
                    return;
                }
            } catch (RetriableException e) {
                log.debug("topic {} cannot be looked at yet", topic, e);
            }
            if (!told) {
                log.warn(
                        "waiting for topic {}, of which host {} reads a partition",
                        topic,
                        heartbeats.profile().name());
                told = true;
            }
            TimeUnit.NANOSECONDS.sleep(stop.atMost(PAUSE).toNanos());
        }
    }

    /** The scheduler gives nothing to this incarnation before its first heartbeat, so all that is its own comes behind the end. */
    private void begin() throws InterruptedException {
        while (!stop.requested()) {
            try {
                consumer.seekToEnd(List.of(partition));
                holdings.own(partition, new OffsetAndMetadata(consumer.position(partition, LOOK_UP_LIMIT)));
                heartbeats.begin(incarnation, partition.partition());
                return;
            } catch (RetriableException e) {
                log.debug("the end of {} is not known yet", partition, e);
            }
            TimeUnit.NANOSECONDS.sleep(stop.atMost(PAUSE).toNanos());
        }
    }

    private void cycle() throws InterruptedException {
        if (isOver || heartbeats.isSilent()) {
            startAnew();
            return;
        }
        int waitOrRun = holdings.inFlight() - holdings.unwritten();
        boolean room = waitOrRun + inbox.size() <= most && holdings.unwritten() < MOST_UNWRITTEN;
        poll(room);
        inbox.empty();
        holdings.dropVoid();
        holdings.settle(room ? Duration.ZERO : BUSY_WAIT);
    }

    private void poll(boolean room) {
        Duration wait = Duration.ZERO;
        if (room) {
            consumer.resume(consumer.paused());
            wait = holdings.inFlight() > 0 ? BUSY_WAIT : IDLE_WAIT;
        } else {
            consumer.pause(consumer.assignment());
        }
        for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(wait)) {
            if (HostHeaders.name(polled.headers(), heartbeats.profile().name(), incarnation)) {
                if (polled.value() == null) {
                    end(polled);
                } else {
                    inbox.add(polled);
                }
            }
        }
    }

    /** The scheduler says that it does not count on this incarnation any more. */
    private void end(ConsumerRecord<byte[], byte[]> told) {
        newest = Math.max(newest, HostHeaders.newest(told.headers()).orElse(incarnation));
        if (HostHeaders.isReplaced(told.headers())) {
            boolean isAhead = newest > engine.options().clock().millis();
            stop.requestFor(new HostReplacedException(heartbeats.profile().name(), isAhead));
        } else {
            isOver = true;
        }
    }

    private void startAnew() throws InterruptedException {
        log.warn(
                "the scheduler does not count on host {} any more, and may give its tasks to others: they are cancelled, and it starts anew",
                heartbeats.profile().name());
        drop(DropReason.LOST);
        awaitCancelled();
        holdings.release(List.of(partition));
        isOver = false;
        // The clock may have been ahead at an earlier start.
        incarnation = Math.max(newest + 1, engine.options().clock().millis());
        newest = incarnation;
        begin();
    }

    private void drop(DropReason reason) {
        inbox.forget(inbox.partitions());
        holdings.dropWaiting(holdings.partitions(), reason);
        holdings.cancelRunning(holdings.partitions(), reason);
    }

    private void awaitCancelled() throws InterruptedException {
        long until = ticker.getAsLong() + engine.options().cancelGrace().toNanos();
        holdings.settle(Duration.ZERO);
        while (holdings.inFlight() > 0 && ticker.getAsLong() - until < 0) {
            holdings.settle(BUSY_WAIT);
        }
    }

    private void finishRunning() throws InterruptedException {
        heartbeats.drain();
        inbox.forget(inbox.partitions());
        holdings.dropWaiting(holdings.partitions(), DropReason.CLOSED);
        while (holdings.anyRunning(holdings.partitions())
                && !stop.atMost(BUSY_WAIT).isZero()) {
            holdings.dropVoid();
            holdings.settle(stop.atMost(BUSY_WAIT));
        }
    }

    private void leaveAfter(Throwable failure) {
        try {
            leave();
        } catch (RuntimeException | InterruptedException e) {
            failure.addSuppressed(e);
        }
    }

    private void leave() throws InterruptedException {
        try {
            if (!stop.cutOff()) {
                drop(DropReason.CLOSED);
                engine.shutDown();
                awaitCancelled();
            }
        } finally {
            holdings.release(holdings.partitions());
            // A handler that ignores its cancellation may run beside the task's next run, as in a group.
            heartbeats.close(!stop.cutOff(), LEAVE_LIMIT);
            consumer.close(CloseOptions.timeout(LEAVE_LIMIT));
        }
    }
}
