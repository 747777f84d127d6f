package io.yardmaster.core.limits;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.LimitedQueues;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.LimitKeys;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of tasks that wait or hold units, and the named limits that they need. A shape is forgotten with the last job that has
 * such tasks and the last assignment that holds its units, and its number is given to another one.
 */
final class Shapes implements Section {
    private static final int TAG = 13;

    private final Storage storage;
    private final Keys keys;
    private final Ledger ledger;
    private final List<@Nullable Shape> byId = new ArrayList<>();
    private final BitSet ids = new BitSet();
    private final Map<Map<String, Long>, Shape> byNeeds = new HashMap<>();
    private final Map<String, Limit> named = new TreeMap<>();
    private final Set<Shape> changed = new LinkedHashSet<>();
    private final Set<Shape> withOpen = new LinkedHashSet<>();
    private Map<String, Long> capacities = Map.of();
    /** True if tasks of this session have needs, or will have. */
    private boolean hasNeeds;
    /** True if those of the session before had, from which graphs go on. */
    private boolean hadNeeds;

    Shapes(Storage storage, Keys keys, Ledger ledger) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        ledger.keep(TAG, this);
        clear();
    }

    private void clear() {
        byId.clear();
        ids.clear();
        byNeeds.clear();
        named.clear();
        changed.clear();
        withOpen.clear();
        keep(new Shape(LimitedTasks.PLAIN, Map.of(), new Limit[0]));
    }

    @Override
    public void beginSession() {
        hadNeeds = hasNeeds;
        hasNeeds = false;
        clear();
    }

    @Override
    public boolean isInitial() {
        return !hasNeeds && !hadNeeds;
    }

    @Override
    public void write(StateWriter writer) {
        writer.flag(hasNeeds).flag(hadNeeds);
    }

    @Override
    public void read(StateReader reader) {
        hasNeeds = reader.flag();
        hadNeeds = reader.flag();
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no limits.
    }

    void load() {
        storage.scan(keys.shapes(), (key, value) -> {
            StateReader reader = new StateReader(value);
            int jobs = reader.count();
            long open = reader.unsigned();
            SortedMap<String, Long> needs = new TreeMap<>();
            while (reader.hasMore()) {
                needs.put(reader.utf8(), reader.unsigned());
            }
            Shape shape = create(Keys.lastInt(key), needs);
            shape.jobs = jobs;
            shape.open = open;
            if (open > 0) {
                withOpen.add(shape);
            }
        });
    }

    /** Returns whether tasks had needs in this session, or in the one before. */
    boolean areUsed() {
        return hasNeeds || hadNeeds;
    }

    /** Takes note that there are tasks with needs, or will be. */
    void expect() {
        if (!hasNeeds) {
            hasNeeds = true;
            ledger.touch();
        }
    }

    /** The shape with this number, which is in use. */
    Shape of(int id) {
        return Objects.requireNonNull(byId.get(id), "a shape of tasks is missing");
    }

    /** The shape of tasks with these needs; null if there are none. */
    @Nullable
    Shape find(Map<String, Long> needs) {
        return byNeeds.get(needs);
    }

    /** The shape of tasks with these needs. The caller counts a job or an assignment at once, without which it would never be forgotten. */
    Shape obtain(Map<String, Long> needs) {
        Shape shape = byNeeds.get(needs);
        if (shape == null) {
            expect();
            shape = create(ids.nextClearBit(0), needs);
        }
        return shape;
    }

    private Shape create(int id, Map<String, Long> needs) {
        Limit[] limits = needs.keySet().stream()
                .filter(name -> !name.equals(LimitKeys.GANG))
                .map(name -> named.computeIfAbsent(name, this::limit))
                .toArray(Limit[]::new);
        for (Limit limit : limits) {
            limit.shapes++;
        }
        return keep(new Shape(id, needs, limits));
    }

    private Limit limit(String name) {
        String key = LimitKeys.held(name);
        return new Limit(key, capacities.getOrDefault(key, Limit.NONE));
    }

    private Shape keep(Shape shape) {
        while (byId.size() <= shape.id) {
            byId.add(null);
        }
        byId.set(shape.id, shape);
        ids.set(shape.id);
        byNeeds.put(shape.needs, shape);
        return shape;
    }

    /** The tasks of a shape that a job has, none at first. */
    LimitedTasks obtain(Job job, Shape shape) {
        LimitedQueues queues = job.obtainLimited();
        LimitedTasks tasks = queues.find(shape.id);
        if (tasks == null) {
            countJob(shape, 1);
            tasks = queues.obtain(shape.id);
        }
        return tasks;
    }

    /** Forgets that a job had tasks of a shape, if none are left. */
    void forgetIfEmpty(Job job, LimitedTasks tasks) {
        LimitedQueues queues = job.limited();
        if (queues != null && tasks.queue.size() == 0 && tasks.shape != LimitedTasks.PLAIN) {
            queues.remove(tasks);
            job.shrinkLimited();
            countJob(of(tasks.shape), -1);
        }
    }

    /** Forgets all limited tasks of a job. Must precede their end. */
    void discard(Job job) {
        LimitedQueues queues = job.limited();
        if (queues != null) {
            queues.all().forEach(tasks -> countJob(of(tasks.shape), -1));
        }
    }

    /** Counts a job that has tasks of a shape; with -1, one that has none any more. */
    private void countJob(Shape shape, int more) {
        if (shape.id != LimitedTasks.PLAIN) {
            shape.jobs += more;
            changed.add(shape);
            forgetIfUnused(shape);
        }
    }

    /** Counts assignments that hold the units of a shape; with a negative number, the end of some. */
    void countHeld(Shape shape, int more) {
        shape.held += more;
        forgetIfUnused(shape);
    }

    /** Counts open tasks; with a negative number, fewer of them. */
    void countOpen(Shape shape, long more) {
        if (shape.open == 0) {
            withOpen.add(shape);
        }
        shape.open += more;
        if (shape.open == 0) {
            withOpen.remove(shape);
        }
        changed.add(shape);
    }

    /** The shapes of which some tasks are open. */
    Collection<Shape> withOpen() {
        return withOpen;
    }

    private void forgetIfUnused(Shape shape) {
        if (shape.id == LimitedTasks.PLAIN || shape.jobs > 0 || shape.held > 0) {
            return;
        }
        byId.set(shape.id, null);
        ids.clear(shape.id);
        byNeeds.remove(shape.needs);
        changed.add(shape);
        int i = 0;
        for (String name : shape.needs.keySet()) {
            if (!name.equals(LimitKeys.GANG) && --shape.limits[i++].shapes == 0) {
                named.remove(name);
            }
        }
    }

    /** Counts the held assignments from zero again. */
    void beginCount() {
        byNeeds.values().forEach(shape -> shape.held = 0);
    }

    /** The limits that shapes need. */
    Collection<Limit> named() {
        return named.values();
    }

    /** Follows the policy. */
    void follow(Map<String, Long> newCapacities) {
        capacities = newCapacities;
        named.values().forEach(limit -> limit.capacity = capacities.getOrDefault(limit.key, Limit.NONE));
    }

    /** Writes the shapes that have changed. */
    void flush(StateWriter writer) {
        for (Shape shape : changed) {
            Shape now = byId.get(shape.id);
            if (now == null) {
                storage.delete(keys.shape(shape.id));
            } else if (now == shape) {
                writer.reset().unsigned(shape.jobs).unsigned(shape.open);
                shape.needs.forEach((limit, units) -> writer.utf8(limit).unsigned(units));
                storage.put(keys.shape(shape.id), writer.toBytes());
            }
        }
        changed.clear();
    }
}
