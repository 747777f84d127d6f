package io.yardmaster.topology.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A dispatch topic in memory, with transactions of several producers, and the offsets of one group. */
final class DispatchLogModel implements DispatchLog {
    static final String TOPIC = "dispatch";

    /** A transaction of one producer. */
    static final class Transaction {
        enum State {
            OPEN,
            COMMITTED,
            ABORTED
        }

        State state = State.OPEN;
    }

    /** A record at its offset; {@code shard} is negative for a marker. */
    record Entry(int shard, long id, Transaction transaction) {
        boolean isVisible() {
            return shard >= 0 && transaction.state == Transaction.State.COMMITTED;
        }
    }

    final List<List<Entry>> partitions = new ArrayList<>();
    final long[] committed;
    /** Number of records after which a reading stops. */
    int limit = Integer.MAX_VALUE;
    /** Runs in the middle of each reading. */
    Runnable meanwhile = () -> {};

    DispatchLogModel(int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            this.partitions.add(new ArrayList<>());
        }
        committed = new long[partitions];
    }

    long append(int partition, Entry entry) {
        partitions.get(partition).add(entry);
        return partitions.get(partition).size() - 1L;
    }

    /** Decides a transaction and writes its markers. */
    void decide(Transaction transaction, Transaction.State state) {
        transaction.state = state;
        for (List<Entry> entries : partitions) {
            if (entries.stream().anyMatch(entry -> entry.transaction() == transaction)) {
                entries.add(new Entry(-1, -1, transaction));
            }
        }
    }

    /** First offset of a partition that readers of committed records do not see. */
    int stable(int partition) {
        List<Entry> entries = partitions.get(partition);
        for (int offset = 0; offset < entries.size(); offset++) {
            if (entries.get(offset).transaction().state == Transaction.State.OPEN) {
                return offset;
            }
        }
        return entries.size();
    }

    private Map<TopicPartition, Long> each(ToLongFunction<Integer> offset) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (int partition = 0; partition < committed.length; partition++) {
            offsets.put(new TopicPartition(TOPIC, partition), offset.applyAsLong(partition));
        }
        return offsets;
    }

    @Override
    public Map<TopicPartition, Long> committed() {
        long[] now = Arrays.copyOf(committed, committed.length);
        meanwhile.run();
        return each(partition -> now[partition]);
    }

    @Override
    public Map<TopicPartition, Long> ends(IsolationLevel isolation) {
        Map<TopicPartition, Long> ends = each(partition -> isolation == IsolationLevel.READ_COMMITTED
                ? stable(partition)
                : partitions.get(partition).size());
        meanwhile.run();
        return ends;
    }

    @Override
    public AssignmentReader.Reading read(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Map<Integer, List<AssignmentReader.Found>>> found = new HashMap<>();
        Map<TopicPartition, Long> read = new HashMap<>();
        int count = 0;
        for (TopicPartition partition : ends.keySet()) {
            found.put(partition, new HashMap<>());
            long offset = starts.get(partition);
            for (; offset < ends.get(partition) && count < limit; offset++) {
                Entry entry = partitions.get(partition.partition()).get((int) offset);
                if (entry.isVisible()) {
                    found.get(partition)
                            .computeIfAbsent(entry.shard(), shard -> new ArrayList<>())
                            .add(new AssignmentReader.Found(offset, entry.id()));
                    count++;
                }
            }
            read.put(partition, offset);
        }
        meanwhile.run();
        return new AssignmentReader.Reading(found, read);
    }

    @Override
    public void close() {}
}
