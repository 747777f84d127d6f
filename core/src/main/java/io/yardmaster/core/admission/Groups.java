package io.yardmaster.core.admission;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.order.TurnOrder;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The resource groups that have active or pending jobs in a level. */
public final class Groups {
    private final int level;
    private final Storage storage;
    private final Keys keys;
    private final Map<Long, Group> byId = new HashMap<>();
    private final List<Group> changed = new ArrayList<>();

    Groups(int level, Storage storage, Keys keys) {
        this.level = level;
        this.storage = storage;
        this.keys = keys;
    }

    Group of(Job job) {
        return byId.computeIfAbsent(job.group, this::create);
    }

    private Group create(long id) {
        return new Group(id, level, storage, keys);
    }

    public int size() {
        return byId.size();
    }

    public Iterable<Group> all() {
        return byId.values();
    }

    /** The group, in a list; an empty list if it has no pending jobs. */
    public List<Group> withPending(long id) {
        Group group = byId.get(id);
        return group == null || group.pending.size() == 0 ? List.of() : List.of(group);
    }

    /** Has the group's record written at the next flush. */
    void touch(long id) {
        Group group = byId.get(id);
        if (group != null) {
            touch(group);
        }
    }

    void touch(Group group) {
        if (!group.changed) {
            group.changed = true;
            changed.add(group);
        }
    }

    void load(TurnOrder order) {
        storage.scan(keys.groups(level), (key, value) -> {
            Group group = create(Keys.lastLong(key));
            group.read(value, order);
            group.stored = true;
            byId.put(group.id(), group);
        });
    }

    void flush(StateWriter writer, TurnOrder order) {
        for (Group group : changed) {
            group.changed = false;
            if (mustBeStored(group, order)) {
                storage.put(keys.group(level, group.id()), group.write(writer, order));
                group.stored = true;
            } else if (group.stored) {
                storage.delete(keys.group(level, group.id()));
                group.stored = false;
            }
            if (group.isEmpty()) {
                byId.remove(group.id());
                order.forgetGroup(group.id());
            }
        }
        changed.clear();
    }

    /** A group without pending jobs is known from its active jobs, and needs no record unless it has turns of its own. */
    private static boolean mustBeStored(Group group, TurnOrder order) {
        return group.pending.size() > 0 || (group.activeJobs > 0 && order.keepsGroups());
    }
}
