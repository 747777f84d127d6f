package io.yardmaster.topology;

import io.yardmaster.topology.pacing.CommitPacer;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.window.AssignmentPlacer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Commits offsets of every stream task of its thread in each transaction in which it has sent a record, has assignments
 * placed and counted, and reports dead letters when they are committed. Used by that thread alone.
 */
final class FencedProducer extends KafkaProducer<byte[], byte[]> {
    private final Supplier<OwnedOffsets> owned;
    private final AssignmentPlacer placer;
    private final IdlePacer pacer;
    private final CommitPacer commits;
    private final SentLetters letters;
    private final ThreadFloors floors;
    private Map<TopicPartition, OffsetAndMetadata> inTransaction = Map.of();
    private boolean sent;

    /**
     * Makes one for a stream thread.
     *
     * @param owned the consumer of the same stream thread
     * @param floors go into transactions as offsets, too
     */
    FencedProducer(
            Map<String, Object> config,
            Supplier<OwnedOffsets> owned,
            AssignmentPlacer placer,
            SentLetters letters,
            IdlePacer pacer,
            CommitPacer commits,
            ThreadFloors floors) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.placer = placer;
        this.letters = letters;
        this.owned = owned;
        this.pacer = pacer;
        this.commits = commits;
        this.floors = floors;
    }

    @Override
    public void beginTransaction() {
        // One that a commit begins, for the age of an idle shard say, ends with it, and nothing follows from it.
        if (!commits.isStoring()) {
            pacer.active();
        }
        commits.open();
        sent = false;
        inTransaction = Map.of();
        letters.forget();
        super.beginTransaction();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
        sent = true;
        Optional<AssignmentPlacer.Placed> placed = placer.place(message);
        return placed.isPresent()
                ? send(placed.get(), callback)
                : blaming(() -> super.send(message, letters.sending(message, callback)));
    }

    private Future<RecordMetadata> send(AssignmentPlacer.Placed placed, Callback callback) {
        boolean given = false;
        try {
            Future<RecordMetadata> sending = blaming(() -> super.send(placed.record(), placed.counting(callback)));
            given = true;
            return sending;
        } finally {
            if (!given) {
                placed.refused();
            }
        }
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>(floors.take());
        inTransaction = sent || !all.isEmpty() ? owned.get().completed(offsets) : offsets;
        all.putAll(inTransaction);
        blaming(() -> {
            super.sendOffsetsToTransaction(all, group);
            return null;
        });
    }

    @Override
    public void commitTransaction() {
        boolean committed = false;
        try {
            blaming(() -> {
                super.commitTransaction();
                return null;
            });
            committed = true;
        } finally {
            if (committed) {
                commits.ended();
                owned.get().nowCommitted(inTransaction);
                letters.committed();
            } else {
                owned.get().forget();
            }
        }
    }

    @Override
    public void abortTransaction() {
        commits.ended();
        owned.get().forget();
        letters.forget();
        super.abortTransaction();
    }

    /** After a refused letter the next call fails, whichever that is. */
    private <T> T blaming(Supplier<T> call) {
        try {
            return call.get();
        } catch (KafkaException e) {
            throw letters.blame(e);
        }
    }
}
