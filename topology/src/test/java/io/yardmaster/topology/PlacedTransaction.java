package io.yardmaster.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/** The work of one stream thread since its last commit, which is not visible before it is committed. */
final class PlacedTransaction {
    /** One call of a stream task of placement, with the records that it wrote. */
    sealed interface Step {
        List<Record<?, ?>> outputs();
    }

    /** The task was opened by an owner whose clock stood at a time. */
    record Opened(long time, List<Record<?, ?>> outputs) implements Step {}

    /** A record was processed; it may have been refused as senseless. */
    record Processed(SpecificRecord value, boolean refused, List<Record<?, ?>> outputs) implements Step {}

    /** A tick, and the session that was published by then; -1 for none. */
    record Ticked(long time, long published, List<Record<?, ?>> outputs) implements Step {}

    /** The work of one stream task. */
    static final class Work {
        final int generation;
        final int[] processed = new int[PlacedBroker.INPUTS];
        final List<Step> steps = new ArrayList<>();
        Map<Bytes, byte[]> changes = Map.of();

        Work(int generation) {
            this.generation = generation;
        }
    }

    final Map<Integer, Work> works = new TreeMap<>();
    final List<Record<?, ?>> outputs = new ArrayList<>();
    /** The offsets below which no host needs the assignments of a partition of a pool's topic. */
    final Map<TopicPartition, Long> floors = new HashMap<>();

    Work of(int task, int generation) {
        return works.computeIfAbsent(task, number -> new Work(generation));
    }
}
