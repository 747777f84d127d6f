package io.yardmaster.client;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership in a consumer group. One thread talks to the group: it polls, hands out and commits, and goes on polling
 * while handlers run.
 */
final class PollLoop implements Membership {
    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);
    /** Takes nothing more while so many outcomes are not acknowledged, as the broker is away, say. */
    private static final int MOST_UNWRITTEN = 1_000;

    private static final Duration BUSY_WAIT = Duration.ofMillis(20);
    private static final Duration IDLE_WAIT = Duration.ofMillis(100);
    private static final Duration LOOK_UP_LIMIT = Duration.ofSeconds(1);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final PlaceCheck place;
    private final Engine engine;
    private final StopRequest stop;
    private final int maxPollRecords;
    private final Holdings holdings;
    private final Inbox inbox;
    private final Commits commits;
    private final Rebalances rebalances;
    private final LongSupplier ticker;

    /** @param place checked before the group is joined */
    PollLoop(
            Consumer<byte[], byte[]> consumer,
            String topic,
            PlaceCheck place,
            AssignmentDecoder decoder,
            Engine engine) {
        ExecutionOptions options = engine.options();
        this.consumer = consumer;
        this.topic = topic;
        this.place = place;
        this.engine = engine;
        this.stop = engine.stop();
        this.ticker = options.ticker();
        this.maxPollRecords = options.parallelism();
        this.holdings = new Holdings(engine);
        this.inbox = new Inbox(
                new PatientDecoder(decoder, options.ticker(), Runnable::run), holdings, options.listener(), true);
        this.commits = new Commits(consumer, holdings, options.ticker());
        this.rebalances = new Rebalances(consumer, inbox, holdings, commits, engine);
    }

    /** Leaves the group, unless it was cut off. */
    @Override
    public void run() throws InterruptedException {
        try {
            engine.outcomes().awaitWritable(stop);
            place.await(stop);
            consumer.subscribe(List.of(topic), rebalances);
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

    private void cycle() throws InterruptedException {
        int waitOrRun = holdings.inFlight() - holdings.unwritten();
        boolean room = waitOrRun + inbox.size() <= maxPollRecords && holdings.unwritten() < MOST_UNWRITTEN;
        poll(room);
        if (ownAllOf(inbox.partitions())) {
            inbox.empty();
        }
        holdings.dropVoid();
        holdings.settle(room ? Duration.ZERO : BUSY_WAIT);
        commits.maybeCommit();
    }

    /** At most twice the parallelism waits or runs: as many wait as run. */
    private void poll(boolean room) {
        if (room) {
            consumer.resume(consumer.paused());
            inbox.add(consumer.poll(holdings.inFlight() > 0 ? BUSY_WAIT : IDLE_WAIT));
        } else {
            consumer.pause(consumer.assignment());
            inbox.add(consumer.poll(Duration.ZERO));
        }
    }

    /**
     * False if the broker does not tell the committed offsets now; if the group has removed this member, a later poll
     * says so.
     */
    private boolean ownAllOf(Set<TopicPartition> partitions) {
        var unknown = new HashSet<>(partitions);
        unknown.removeIf(holdings::owns);
        if (unknown.isEmpty()) {
            return true;
        }
        try {
            consumer.committed(unknown, LOOK_UP_LIMIT).forEach((partition, committed) -> {
                long first = inbox.firstOffset(partition);
                boolean inOrder = committed != null && committed.offset() <= first;
                holdings.own(partition, inOrder ? committed : new OffsetAndMetadata(first));
            });
            return true;
        } catch (RetriableException | StaleMemberEpochException | UnknownMemberIdException e) {
            log.debug("committed offsets of {} are not known yet: {}", unknown, e.toString());
            return false;
        }
    }

    /** Goes on polling, so that the group waits for this member. */
    private void finishRunning() throws InterruptedException {
        dropWaiting();
        while (holdings.anyRunning(holdings.partitions())
                && !stop.atMost(BUSY_WAIT).isZero()) {
            poll(false);
            dropWaiting();
            holdings.dropVoid();
            holdings.settle(stop.atMost(BUSY_WAIT));
            commits.maybeCommit();
        }
    }

    private void dropWaiting() {
        inbox.forget(inbox.partitions());
        holdings.dropWaiting(holdings.partitions(), DropReason.CLOSED);
    }

    /** Tries again while other members come or go, for a limited time. */
    private void commitLast() {
        long until = ticker.getAsLong() + LEAVE_LIMIT.toNanos();
        while (!commits.commitNow(holdings.partitions()) && ticker.getAsLong() - until < 0) {
            consumer.pause(consumer.assignment());
            inbox.add(consumer.poll(BUSY_WAIT));
            dropWaiting();
        }
    }

    /**
     * Interrupts cancelled handlers and goes on polling until they have ended, so that nobody begins their tasks
     * before.
     */
    private void awaitCancelled() throws InterruptedException {
        engine.shutDown();
        long until = ticker.getAsLong() + engine.options().cancelGrace().toNanos();
        holdings.settle(Duration.ZERO);
        while (holdings.inFlight() > 0 && ticker.getAsLong() - until < 0) {
            poll(false);
            dropWaiting();
            holdings.settle(BUSY_WAIT);
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
        Set<TopicPartition> partitions = holdings.partitions();
        var how = GroupMembershipOperation.DEFAULT;
        try {
            if (stop.cutOff()) {
                how = GroupMembershipOperation.REMAIN_IN_GROUP;
            } else {
                dropWaiting();
                holdings.cancelRunning(partitions, DropReason.CLOSED);
                awaitCancelled();
                commitLast();
            }
        } finally {
            holdings.release(partitions);
            consumer.close(CloseOptions.timeout(LEAVE_LIMIT).withGroupMembershipOperation(how));
        }
    }
}
