package io.yardmaster.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The resource groups that have active or pending jobs; the others are forgotten. */
final class Groups {
    private final Storage storage;
    private final Keys keys;
    private final Policy policy;
    private final Map<Long, Group> byId = new HashMap<>();
    private final List<Group> changed = new ArrayList<>();
    private Map<Long, Double> weights = Map.of();

    Groups(Storage storage, Keys keys, Policy policy) {
        this.storage = storage;
        this.keys = keys;
        this.policy = policy;
    }

    Group of(Job job) {
        return byId.computeIfAbsent(job.group, this::create);
    }

    private Group create(long id) {
        Group group = new Group(id, storage, keys, policy.activeJobs());
        group.turns.weigh(weights.getOrDefault(id, 1.0));
        return group;
    }

    /** Also those that come later. */
    void weigh(Map<Long, Double> newWeights) {
        weights = newWeights;
        byId.values().forEach(group -> group.turns.weigh(weights.getOrDefault(group.id, 1.0)));
    }

    int size() {
        return byId.size();
    }

    Iterable<Group> all() {
        return byId.values();
    }

    /** This group, if it has pending jobs. */
    List<Group> withPending(long id) {
        Group group = byId.get(id);
        return group == null || group.pending.size() == 0 ? List.of() : List.of(group);
    }

    void touch(Group group) {
        if (!group.changed) {
            group.changed = true;
            changed.add(group);
        }
    }

    void load() {
        storage.scan(keys.groups(), (key, value) -> {
            Group group = create(Keys.lastLong(key));
            group.read(value);
            group.stored = true;
            byId.put(group.id, group);
        });
    }

    void flush(RecordWriter writer) {
        for (Group group : changed) {
            group.changed = false;
            if (mustBeStored(group)) {
                storage.put(keys.group(group.id), group.write(writer));
                group.stored = true;
            } else if (group.stored) {
                storage.delete(keys.group(group.id));
                group.stored = false;
            }
            if (group.isEmpty()) {
                byId.remove(group.id);
            }
        }
        changed.clear();
    }

    /** What only has active jobs can be told from them, unless it takes turns itself. */
    private boolean mustBeStored(Group group) {
        return group.pending.size() > 0 || (group.activeJobs > 0 && policy.fairness() == Fairness.RESOURCE_GROUP);
    }
}
