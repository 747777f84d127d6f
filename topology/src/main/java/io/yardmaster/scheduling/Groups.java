package io.yardmaster.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The resource groups that have active or pending jobs; the others are forgotten. */
final class Groups {
    private final Storage storage;
    private final Keys keys;
    private final int places;
    private final Map<Long, Group> byId = new HashMap<>();
    private final List<Group> changed = new ArrayList<>();

    Groups(Storage storage, Keys keys, int places) {
        this.storage = storage;
        this.keys = keys;
        this.places = places;
    }

    Group of(Job job) {
        return byId.computeIfAbsent(job.group, id -> new Group(id, storage, keys, places));
    }

    Iterable<Group> all() {
        return byId.values();
    }

    void touch(Group group) {
        if (!group.changed) {
            group.changed = true;
            changed.add(group);
        }
    }

    void load() {
        storage.scan(keys.groups(), (key, value) -> {
            Group group = new Group(Keys.lastLong(key), storage, keys, places);
            group.read(value);
            byId.put(group.id, group);
        });
    }

    void flush(RecordWriter writer) {
        for (Group group : changed) {
            group.changed = false;
            if (group.isEmpty()) {
                byId.remove(group.id);
                storage.delete(keys.group(group.id));
            } else {
                storage.put(keys.group(group.id), group.write(writer));
            }
        }
        changed.clear();
    }
}
