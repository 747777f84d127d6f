package io.yardmaster.core.graph;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the parts of graphs that do not fit in one record, until the last one comes. */
final class GraphParts {
    /** Parts of this job did not come in time; the last one that did lies at this offset. */
    record Late(long job, long group, String reason, long offset) {}

    /** The parts of a graph that have come. */
    private record Collected(
            long owner, long group, int parts, int next, int stages, int dependencies, long since, long offset) {
        byte[] write() {
            return new StateWriter()
                    .unsigned(owner)
                    .signed(group)
                    .unsigned(parts)
                    .unsigned(next)
                    .unsigned(stages)
                    .unsigned(dependencies)
                    .unsigned(since)
                    .signed(offset)
                    .toBytes();
        }

        static Collected read(byte[] record) {
            StateReader reader = new StateReader(record);
            return new Collected(
                    reader.unsigned(),
                    reader.signed(),
                    reader.count(),
                    reader.count(),
                    reader.count(),
                    reader.count(),
                    reader.unsigned(),
                    // An older version did not keep it.
                    reader.hasMore() ? reader.signed() : Event.GraphSubmitted.NO_OFFSET);
        }
    }

    private final GraphStore store;
    private final AgeClock clock;
    private final long expiry;
    /** False if surely none is being collected. */
    private boolean someAreCollected = true;

    GraphParts(GraphStore store, AgeClock clock, long expiry) {
        this.store = store;
        this.clock = clock;
        this.expiry = expiry;
    }

    /**
     * All stages of a graph, if this is its last part.
     *
     * @param owner a new number
     * @return null if more parts are to come, or if this one came before
     * @throws GraphRefusedException with the reason if the part does not fit those before
     */
    @Nullable
    List<GraphStage> add(Event.GraphSubmitted event, long owner) {
        byte[] record = collected(event.job());
        if (record == null && event.parts() == 1) {
            checkPlace(event);
            return event.stages();
        }
        Collected before = before(event, record, owner);
        Collected now = with(event, before);
        if (now == null) {
            return null;
        }
        if (isLast(event)) {
            List<GraphStage> all = all(event, now);
            forget(event.job());
            return all;
        }
        store.put(now.owner, GraphKeys.PART, event.part(), write(event.stages()));
        store.storage().put(GraphKeys.collected(event.job()), now.write());
        store.storage().put(GraphKeys.collectedSince(now.since, event.job()), new byte[0]);
        someAreCollected = true;
        return null;
    }

    /** The reason for which this part, or the graph of which it is the last, makes no sense; null if there is none. Changes nothing. */
    @Nullable
    String refusal(Event.GraphSubmitted event) {
        try {
            Collected now = with(event, before(event, collected(event.job()), 0));
            if (now != null && isLast(event)) {
                GraphCheck.of(all(event, now));
            }
            return null;
        } catch (GraphRefusedException refused) {
            return refused.reason();
        }
    }

    private byte @Nullable [] collected(long job) {
        return someAreCollected ? store.storage().get(GraphKeys.collected(job)) : null;
    }

    private Collected before(Event.GraphSubmitted event, byte @Nullable [] record, long owner) {
        return record == null
                ? new Collected(owner, event.group(), event.parts(), 0, 0, 0, clock.age(), event.offset())
                : Collected.read(record);
    }

    private static boolean isLast(Event.GraphSubmitted event) {
        return event.part() + 1 == event.parts();
    }

    /** The collected parts, this one included; null if it came before. */
    private static @Nullable Collected with(Event.GraphSubmitted event, Collected before) {
        checkPlace(event);
        if (event.part() < before.next && event.parts() == before.parts) {
            return null;
        }
        check(event, before);
        event.stages().forEach(GraphCheck::checkNumbers);
        int stages = before.stages + event.stages().size();
        int dependencies = before.dependencies
                + event.stages().stream()
                        .mapToInt(stage -> stage.after().size())
                        .sum();
        if (stages > GraphCheck.MOST_STAGES || dependencies > GraphCheck.MOST_DEPENDENCIES) {
            throw GraphRefusedException.because(
                    "the graph has more than %,d stages or %,d dependencies",
                    GraphCheck.MOST_STAGES, GraphCheck.MOST_DEPENDENCIES);
        }
        return new Collected(
                before.owner,
                before.group,
                before.parts,
                before.next + 1,
                stages,
                dependencies,
                before.since,
                event.offset());
    }

    private List<GraphStage> all(Event.GraphSubmitted event, Collected now) {
        List<GraphStage> all = new ArrayList<>(now.stages);
        for (int part = 0; part < event.part(); part++) {
            read(Objects.requireNonNull(store.get(now.owner, GraphKeys.PART, part), "a part is missing"), all);
        }
        all.addAll(event.stages());
        return all;
    }

    private static void checkPlace(Event.GraphSubmitted event) {
        if (event.part() < 0 || event.part() >= event.parts()) {
            throw GraphRefusedException.because("part %d of %d does not exist", event.part(), event.parts());
        }
    }

    private static void check(Event.GraphSubmitted event, Collected before) {
        if (event.parts() != before.parts || event.group() != before.group) {
            throw GraphRefusedException.because(
                    "part %d says that the graph has %d parts in group %d, not %d in group %d",
                    event.part(), event.parts(), event.group(), before.parts, before.group);
        }
        if (event.part() != before.next) {
            throw GraphRefusedException.because(
                    "part %d of %d came where part %d was expected", event.part(), event.parts(), before.next);
        }
    }

    /** Forgets the parts of a job's graph. */
    void forget(long job) {
        byte[] record = collected(job);
        if (record != null) {
            Collected collected = Collected.read(record);
            store.storage().delete(GraphKeys.collected(job));
            store.storage().delete(GraphKeys.collectedSince(collected.since, job));
            store.discard(collected.owner);
        }
    }

    /** The graph that waits longest for a part, if it has waited too long; null if none has. */
    @Nullable
    Late late() {
        if (!someAreCollected) {
            return null;
        }
        byte[] all = GraphKeys.collectedSince();
        Map.Entry<byte[], byte[]> oldest = store.storage().next(all, Keys.end(all));
        someAreCollected = oldest != null;
        if (oldest == null || !clock.passed(expiry, GraphKeys.number(oldest.getKey(), 0))) {
            return null;
        }
        long job = GraphKeys.number(oldest.getKey(), 1);
        Collected collected = Collected.read(
                Objects.requireNonNull(store.storage().get(GraphKeys.collected(job)), "a collected graph is missing"));
        return new Late(
                job,
                collected.group,
                String.format(Locale.ROOT, "part %d of %d did not come in time", collected.next, collected.parts),
                collected.offset);
    }

    private static byte[] write(List<GraphStage> stages) {
        StateWriter writer = new StateWriter();
        for (GraphStage stage : stages) {
            writer.utf8(stage.name())
                    .unsigned(stage.tasks())
                    .unsigned(StageBits.of(stage))
                    .unsigned(stage.attempts())
                    .unsigned(stage.backoff())
                    .unsigned(stage.timeout())
                    .unsigned(stage.payload().length)
                    .bytes(stage.payload());
            if (!stage.needs().isEmpty()) {
                StageNeeds.write(writer, stage.needs());
            }
            if (!stage.pool().isEmpty()) {
                writer.utf8(stage.pool());
            }
            if (stage.priority() != 0) {
                writer.signed(stage.priority());
            }
            if (!stage.hosts().isNone()) {
                StageNeeds.writeHosts(writer, stage.hosts());
            }
            writer.unsigned(stage.after().size());
            stage.after().forEach(one -> writer.utf8(one.stage()).flag(one.each()));
        }
        return writer.toBytes();
    }

    private static void read(byte[] part, List<GraphStage> stages) {
        StateReader reader = new StateReader(part);
        while (reader.hasMore()) {
            String name = reader.utf8();
            int tasks = reader.count();
            int bits = reader.count();
            GraphStage.When when = StageBits.when(bits);
            int attempts = reader.count();
            long backoff = reader.unsigned();
            long timeout = reader.unsigned();
            byte[] payload = reader.bytes(reader.count());
            Map<String, Long> needs = (bits & StageBits.WITH_NEEDS) != 0 ? StageNeeds.read(reader) : Map.of();
            String pool = (bits & StageBits.WITH_POOL) != 0 ? reader.utf8() : "";
            int priority = (bits & StageBits.WITH_PRIORITY) != 0 ? (int) reader.signed() : 0;
            HostDemand hosts = (bits & StageBits.WITH_HOSTS) != 0 ? StageNeeds.readHosts(reader) : HostDemand.NONE;
            List<GraphStage.Dependency> after = new ArrayList<>();
            for (int left = reader.count(); left > 0; left--) {
                after.add(new GraphStage.Dependency(reader.utf8(), reader.flag()));
            }
            stages.add(new GraphStage(
                    name, tasks, after, when, attempts, backoff, timeout, priority, needs, pool, hosts, payload));
        }
    }
}
