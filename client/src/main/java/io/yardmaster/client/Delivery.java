package io.yardmaster.client;

import io.yardmaster.client.Workers.Finished;
import io.yardmaster.client.Workers.News;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One record of a share group, from being taken to its acknowledgement. */
final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final ConsumerRecord<byte[], byte[]> polled;
    private final PatientDecoder decoder;
    private final Workers workers;
    private final Engine engine;
    private Execution execution;
    private AcknowledgeType verdict;

    Delivery(ConsumerRecord<byte[], byte[]> polled, PatientDecoder decoder, Workers workers, Engine engine) {
        this.polled = polled;
        this.decoder = decoder;
        this.workers = workers;
        this.engine = engine;
    }

    /** The acknowledgement, once it is decided; waits up to this long for it. */
    Optional<AcknowledgeType> advance(Duration limit) throws InterruptedException {
        if (execution == null && verdict == null) {
            begin(limit);
        } else if (running()) {
            dropIfVoid();
        }
        if (verdict == null) {
            settle(limit);
        }
        return Optional.ofNullable(verdict);
    }

    /** True while the handler runs or is about to, or its outcome is on its way. */
    boolean running() {
        return execution != null && verdict == null;
    }

    /** True while the handler runs or is about to. */
    boolean handled() {
        return running() && !execution.hasEnded();
    }

    /** Drops the assignment if its handler is not running. */
    void dropUnlessBegun(DropReason reason) {
        if (running()) {
            execution.dropUnlessBegun(reason).ifPresent(ending -> workers.drop(execution, ending));
        }
    }

    /** Drops the assignment; if its handler is running, its result will not count. */
    void cancel(DropReason reason) {
        dropUnlessBegun(reason);
        if (running()) {
            execution.cancel(reason);
        }
    }

    /** Empty if the record could not be decoded yet, or never can be. */
    Optional<Assignment> assignment() {
        return Optional.ofNullable(execution).map(Execution::assignment);
    }

    /**
     * The acknowledgement now: by its ending if it has just finished, else a release, so that another member gets it.
     */
    AcknowledgeType giveUp(DropReason reason) throws InterruptedException {
        cancel(reason);
        if (verdict == null) {
            settle(Duration.ZERO);
        }
        return verdict == null ? AcknowledgeType.RELEASE : verdict;
    }

    private void begin(Duration limit) throws InterruptedException {
        try {
            decoder.decode(polled, limit).ifPresent(this::begin);
        } catch (UnusableRecordException e) {
            var partition = new TopicPartition(polled.topic(), polled.partition());
            log.warn("rejected {} offset {}: {}", partition, polled.offset(), e.getMessage());
            engine.options().listener().unreadable(partition, polled.offset(), e.getMessage());
            verdict = AcknowledgeType.REJECT;
        }
    }

    private void begin(Assignment assignment) {
        engine.fence().observe(assignment.session());
        execution = engine.execution(assignment);
        dropIfVoid();
        if (!execution.hasEnded()) {
            workers.submit(execution);
        }
    }

    private void dropIfVoid() {
        execution.voidFor().ifPresent(this::dropUnlessBegun);
    }

    private void settle(Duration limit) throws InterruptedException {
        for (News news : workers.awaitNews(limit)) {
            if (news instanceof Finished finished) {
                verdict = verdictOn(finished);
            }
        }
    }

    private static AcknowledgeType verdictOn(Finished finished) {
        if (finished.ending() instanceof Ending.Broken broken) {
            throw new BrokenExecutionException(finished.execution().assignment(), broken.cause());
        }
        return finished.ending().countsAsDone() ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE;
    }
}
