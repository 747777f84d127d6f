package io.yardmaster.app.storage;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The assignments that were dispatched and have not ended, by id and by place. */
final class OutstandingTasks {
    private record Place(TopicPartition partition, long offset) {}

    private final Map<Long, Place> places = new HashMap<>();
    private final Map<TopicPartition, NavigableMap<Long, TaskAssignment>> byPlace = new HashMap<>();

    void add(ConsumerRecord<?, TaskAssignment> dispatched) {
        TopicPartition partition = new TopicPartition(dispatched.topic(), dispatched.partition());
        places.put(dispatched.value().getAssignmentId(), new Place(partition, dispatched.offset()));
        byPlace.computeIfAbsent(partition, none -> new TreeMap<>()).put(dispatched.offset(), dispatched.value());
    }

    int size() {
        return places.size();
    }

    boolean anyBelow(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .anyMatch(end -> !in(end.getKey()).headMap(end.getValue()).isEmpty());
    }

    /** Removes those below these offsets, and returns them in the order of dispatch within a partition. */
    List<TaskAssignment> removeBelow(Map<TopicPartition, Long> offsets) {
        List<TaskAssignment> removed = new ArrayList<>();
        offsets.forEach((partition, end) -> {
            NavigableMap<Long, TaskAssignment> below = in(partition).headMap(end, false);
            removed.addAll(below.values());
            below.clear();
        });
        removed.forEach(assignment -> places.remove(assignment.getAssignmentId()));
        return removed;
    }

    /** Removes the assignment that this outcome is about, and returns whether it was there. */
    boolean remove(TaskOutcome outcome) {
        Place place = places.get(outcome.getAssignmentId());
        if (place == null || !TaskKey.of(in(place.partition).get(place.offset)).equals(TaskKey.of(outcome))) {
            return false;
        }
        places.remove(outcome.getAssignmentId());
        in(place.partition).remove(place.offset);
        return true;
    }

    private NavigableMap<Long, TaskAssignment> in(TopicPartition partition) {
        return byPlace.computeIfAbsent(partition, none -> new TreeMap<>());
    }
}
