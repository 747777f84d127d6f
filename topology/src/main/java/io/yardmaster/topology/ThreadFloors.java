package io.yardmaster.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The {@link HostFloors} of the stream tasks that each stream thread of an instance has: the floors that they find go into the thread's next
 * transaction, as offsets of the scheduler's own group. So the floors of a stream task that has gone go nowhere.
 */
final class ThreadFloors {
    private final Map<String, Set<HostFloors>> threads = new ConcurrentHashMap<>();

    private Set<HostFloors> ofThisThread() {
        return threads.computeIfAbsent(Thread.currentThread().getName(), name -> new CopyOnWriteArraySet<>());
    }

    /** A stream task of the current thread begins. */
    void add(HostFloors floors) {
        ofThisThread().add(floors);
    }

    /** A stream task ends. */
    void remove(HostFloors floors) {
        threads.values().forEach(each -> each.remove(floors));
    }

    /** The offsets for the transaction that the current thread is about to commit; no other one gets them. */
    Map<TopicPartition, OffsetAndMetadata> take() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (HostFloors floors : ofThisThread()) {
            floors.take().forEach((partition, floor) -> offsets.put(partition, new OffsetAndMetadata(floor)));
        }
        return offsets;
    }
}
