package io.yardmaster.core.limits;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.LimitedTasks;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Fairness;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tasks that wait for grants: lists of jobs, by priority, shape and group. */
final class Lines implements Section {
    private static final int TAG = 11;

    private final Storage storage;
    private final Keys keys;
    private final Ledger ledger;
    private final Shapes shapes;
    private final Registry registry;
    private final boolean takeTurns;
    /** The order of groups by dominant shares; null if they take turns by weight. */
    private final @Nullable ShareOrder shares;

    private final Map<WaitingList.Key, WaitingList> lists = new HashMap<>();
    private final Map<Line.Key, Line> lines = new HashMap<>();
    /** The lines that may have something to grant. */
    private final ReadyLines ready = new ReadyLines();

    private final Set<WaitingList> changed = new LinkedHashSet<>();
    /** The latest number of a list, and of a place in one. */
    private long latest;

    /** @param fairness by which groups take turns; by job, jobs wait in one queue, whichever group they are of */
    Lines(
            Storage storage,
            Keys keys,
            Ledger ledger,
            Shapes shapes,
            Registry registry,
            Fairness fairness,
            @Nullable ShareOrder shares) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        ledger.keep(TAG, this);
        this.shapes = shapes;
        this.registry = registry;
        this.takeTurns = fairness.isByGroup();
        this.shares = shares;
    }

    @Override
    public boolean isInitial() {
        return latest == 0;
    }

    @Override
    public void write(StateWriter writer) {
        writer.unsigned(latest);
    }

    @Override
    public void read(StateReader reader) {
        latest = reader.unsigned();
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no limits.
    }

    @Override
    public void beginSession() {
        lists.clear();
        if (shares != null) {
            shares.beginSession();
        }
        lines.clear();
        ready.clear();
        changed.clear();
        registry.limits().forEach(limit -> {
            limit.lines.clear();
            limit.waiting.clear();
            limit.unblock();
        });
    }

    boolean isEmpty() {
        return lists.isEmpty();
    }

    void load() {
        storage.scan(keys.waitingLists(), (key, value) -> {
            StateReader reader = new StateReader(value);
            WaitingList list = create(Keys.lastLong(key), WaitingList.readKey(reader));
            list.read(reader);
            list.line.add(list);
        });
        lines.values().forEach(ready::lookAgain);
    }

    private WaitingList create(long id, WaitingList.Key key) {
        Line line = lines.computeIfAbsent(new Line.Key(key.level(), key.shape()), this::create);
        WaitingList list = new WaitingList(id, key, line, new Fifo(storage, keys, Fifo.LIMITED, id));
        lists.put(key, list);
        if (shares != null) {
            shares.add(list);
        }
        return list;
    }

    private Line create(Line.Key key) {
        Line line = new Line(key.level(), shapes.of(key.shape()));
        for (Limit limit : line.shape.limits) {
            limit.lines.add(line);
        }
        return line;
    }

    private static WaitingList.Key keyOf(Job job, LimitedTasks tasks) {
        return new WaitingList.Key(job.priority, tasks.shape, job.group);
    }

    /** The list in which tasks wait, or from which some were granted. */
    WaitingList of(Job job, LimitedTasks tasks) {
        return Objects.requireNonNull(lists.get(keyOf(job, tasks)), "a waiting list is missing");
    }

    /** Puts the tasks of a job behind all others of its group, if some were not granted and are in no list. Returns whether it did. */
    boolean list(Job job, LimitedTasks tasks) {
        if (tasks.isListed || tasks.ungranted() <= 0) {
            return false;
        }
        WaitingList list = lists.get(keyOf(job, tasks));
        if (list == null) {
            list = create(++latest, keyOf(job, tasks));
            if (shares == null) {
                list.line.begin(list);
            } else {
                list.turn = shares.turnOf(list);
                list.line.add(list);
            }
        }
        tasks.place = list.jobs.append(job.id, ++latest);
        ledger.touch();
        tasks.isListed = true;
        list.tasks += tasks.ungranted();
        update(list);
        return true;
    }

    /** Files a list under another turn. */
    void refile(WaitingList list, long turn) {
        Line line = list.line;
        Constraint lacking = line.lacking;
        boolean isReady = ready.remove(line);
        line.remove(list);
        list.turn = turn;
        line.add(list);
        changed.add(list);
        if (isReady) {
            ready.lookAgain(line);
        } else {
            ready.settle(line, lacking);
        }
    }

    /** Takes the tasks of a job out of their list. Must precede a change of their number. */
    void remove(Job job, LimitedTasks tasks) {
        WaitingList list = of(job, tasks);
        unlist(list, tasks);
        update(list);
    }

    private static void unlist(WaitingList list, LimitedTasks tasks) {
        list.jobs.remove(tasks.place);
        tasks.isListed = false;
        list.tasks -= tasks.ungranted();
    }

    /** Counts more waiting tasks, or with a negative number fewer, of a job in a list. */
    void grow(Job job, LimitedTasks tasks, long more) {
        WaitingList list = of(job, tasks);
        list.tasks += more;
        changed.add(list);
    }

    /** The job whose turn it is. */
    static long head(WaitingList list) {
        return Objects.requireNonNull(list.jobs.peek(), "a list without jobs has a turn")
                .job();
    }

    /** Grants one of the tasks of a job, which leave their list. */
    void grant(Job job, LimitedTasks tasks, long weight) {
        WaitingList list = of(job, tasks);
        unlist(list, tasks);
        count(list, 1);
        if (shares != null) {
            shares.granted(job.group, list.line.shape, 1);
        } else if (takeTurns) {
            list.line.pass(list, weight);
        }
        update(list);
    }

    /** Counts grants that were used or taken back. */
    void end(Job job, LimitedTasks tasks, long grants) {
        WaitingList list = of(job, tasks);
        count(list, -grants);
        update(list);
    }

    private void count(WaitingList list, long grants) {
        list.granted += grants;
        registry.grant(list.line, list.key.group(), grants);
    }

    /** Must follow each change of a list's jobs or grants. */
    private void update(WaitingList list) {
        changed.add(list);
        Line line = list.line;
        if (list.isEmpty()) {
            drop(list);
            return;
        }
        Fifo.Entry head = takeTurns ? null : list.jobs.peek();
        if (head != null && head.stamp() != list.turn) {
            line.remove(list);
            list.turn = head.stamp();
            line.add(list);
        } else {
            line.refile(list);
        }
        ready.lookAgain(line);
    }

    private void drop(WaitingList list) {
        Line line = list.line;
        lists.remove(list.key);
        if (shares != null) {
            shares.remove(list);
        }
        line.remove(list);
        ready.lookAgain(line);
        if (line.isEmpty()) {
            lines.remove(line.key());
            for (Limit limit : line.shape.limits) {
                limit.lines.remove(line);
            }
        }
    }

    /** Looks again at a line, if it is still there. */
    void lookAgain(Line line) {
        if (lines.get(line.key()) == line) {
            ready.lookAgain(line);
        }
    }

    /** The first line that may have something to grant; null if none has. */
    @Nullable
    Line next() {
        return ready.next();
    }

    /** Passes over a line until units that it lacks are released, or more of its tasks wait. */
    void settle(Line line) {
        ready.settle(line, registry.firstLacking(line));
    }

    /** Passes over a list until somebody unblocks it. */
    void block(WaitingList list) {
        list.isBlocked = true;
        list.line.refile(list);
        ready.lookAgain(list.line);
    }

    private void unblock(WaitingList list) {
        if (list.isBlocked) {
            list.isBlocked = false;
            list.line.refile(list);
            ready.lookAgain(list.line);
        }
    }

    /** Looks again at what waits for units of a shape, for a place of a group, or for one of all, as far as there is room. */
    void released(Shape shape, long group) {
        for (Limit limit : shape.limits) {
            ready.release(limit);
        }
        Limit ofGroup = registry.ofGroup(group);
        if (ofGroup != null) {
            release(ofGroup);
        }
        Limit ofAll = registry.ofAll();
        if (ofAll != null) {
            ready.release(ofAll);
        }
    }

    /** Looks again at what waits for this limit or rate, as far as there is room. */
    void release(Constraint constraint) {
        constraint.unblock().forEach(this::unblock);
        ready.release(constraint);
    }

    /** Looks again at all that waits. */
    void lookAgain() {
        lists.values().forEach(this::unblock);
        lines.values().forEach(ready::lookAgain);
    }

    void forEach(Consumer<WaitingList> each) {
        lists.values().forEach(each);
    }

    void flush(StateWriter writer) {
        for (WaitingList list : changed) {
            byte[] key = keys.waitingList(list.id);
            if (lists.get(list.key) == list) {
                list.write(writer);
                storage.put(key, writer.toBytes());
            } else {
                storage.delete(key);
            }
        }
        changed.clear();
    }
}
