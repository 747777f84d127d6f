package io.yardmaster.core.placement;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of pools in the state: a layout, then sections with tags, of which unknown ones are passed over. */
final class PoolRecords {
    private static final int LAYOUT = 1;
    /** The layout of entries with several tasks. */
    private static final int BATCHES = 2;

    private static final int BODY = 1;
    private static final int FEW_BYTES = 100;

    /** Writes or reads the section of a record. */
    private interface Writing {
        void into(StateWriter writer);
    }

    private PoolRecords() {}

    private static byte[] record(Writing body) {
        return record(LAYOUT, body);
    }

    private static byte[] record(int layout, Writing body) {
        StateWriter writer = new StateWriter().unsigned(layout);
        int begun = writer.begin(BODY);
        body.into(writer);
        writer.end(begun);
        return writer.toBytes();
    }

    private static StateReader body(byte[] stored, String what) {
        return body(stored, LAYOUT, what);
    }

    private static StateReader body(byte[] stored, int layout, String what) {
        StateReader reader = new StateReader(stored);
        reader.layout(layout, layout, what);
        while (reader.hasMore()) {
            int tag = reader.count();
            StateReader section = reader.section();
            if (tag == BODY) {
                return section;
            }
        }
        throw new IllegalStateException("a stored " + what + " has nothing in it");
    }

    static byte[] host(Host host) {
        return record(writer -> {
            writer.signed(host.incarnation());
            amounts(writer, host.total());
            texts(writer, host.labels());
            writer.unsigned(host.dispatchPartition());
        });
    }

    /** A host that has just been heard of. */
    static Host host(String pool, String name, byte[] stored, long now) {
        StateReader reader = body(stored, "host");
        return new Host(pool, name, reader.signed(), amounts(reader), texts(reader), reader.count(), now);
    }

    /** The approximate number of bytes of a task that has a place. */
    static int size(PlacedTask task) {
        return FEW_BYTES;
    }

    static byte[] placed(List<PlacedTask> tasks) {
        return record(BATCHES, writer -> {
            writer.unsigned(tasks.size());
            tasks.forEach(task -> placed(writer, task));
        });
    }

    private static void placed(StateWriter writer, PlacedTask task) {
        Booking booking = task.booking();
        TaskRef ref = booking.task();
        writer.signed(ref.job()).signed(ref.session()).unsigned(ref.task()).unsigned(ref.attempt());
        writer.utf8(booking.host()).signed(booking.incarnation());
        amounts(writer, booking.needs());
        writer.signed(booking.priority()).flag(booking.preemptible());
        writer.unsigned(booking.firstOfGang()).unsigned(booking.gangSize());
        writer.signed(booking.at()).signed(booking.expectedEnd()).signed(booking.beside());
        writer.signed(task.group()).signed(task.assignment());
    }

    static List<PlacedTask> placed(byte[] stored) {
        StateReader reader = body(stored, BATCHES, "booking");
        List<PlacedTask> tasks = new ArrayList<>();
        for (int left = reader.count(); left > 0; left--) {
            tasks.add(placed(reader));
        }
        return tasks;
    }

    private static PlacedTask placed(StateReader reader) {
        TaskRef ref = new TaskRef(reader.signed(), reader.signed(), reader.count(), reader.count());
        Booking booking = new Booking(
                ref,
                reader.utf8(),
                reader.signed(),
                amounts(reader),
                (int) reader.signed(),
                reader.flag(),
                reader.count(),
                reader.count(),
                reader.signed(),
                reader.signed(),
                reader.signed());
        return new PlacedTask(booking, reader.signed(), reader.signed());
    }

    /** The approximate number of bytes of tasks that wait. */
    static int size(OfferedUnit unit) {
        return FEW_BYTES + 2 * unit.offer().tasks() + unit.envelopeSize();
    }

    /** Ids of assignments follow each other as a rule, so they are kept as differences; and so do units with the same envelope. */
    static byte[] units(List<OfferedUnit> units) {
        return record(BATCHES, writer -> {
            writer.unsigned(units.size());
            OfferedUnit before = null;
            for (OfferedUnit unit : units) {
                unit(writer, unit, before != null && unit.hasEnvelopeOf(before));
                before = unit;
            }
        });
    }

    private static void unit(StateWriter writer, OfferedUnit unit, boolean sameEnvelope) {
        Offer offer = unit.offer();
        writer.unsigned(offer.order());
        writer.signed(offer.job()).signed(offer.group()).signed(offer.session());
        writer.signed(offer.stage()).unsigned(offer.firstTask()).unsigned(offer.tasks());
        writer.unsigned(offer.attempt());
        amounts(writer, offer.requirement().needs());
        texts(writer, offer.requirement().labels());
        writer.signed(offer.priority()).signed(offer.expectedMs()).flag(offer.preemptible());
        long before = 0;
        for (long assignment : unit.assignments()) {
            writer.signed(assignment - before);
            before = assignment;
        }
        writer.flag(sameEnvelope);
        if (!sameEnvelope) {
            byte[] envelope = unit.envelope();
            writer.unsigned(envelope.length).bytes(envelope);
        }
    }

    static List<OfferedUnit> units(byte[] stored) {
        StateReader reader = body(stored, BATCHES, "offer");
        List<OfferedUnit> units = new ArrayList<>();
        OfferedUnit before = null;
        for (int left = reader.count(); left > 0; left--) {
            before = unit(reader, before);
            units.add(before);
        }
        return units;
    }

    private static OfferedUnit unit(StateReader reader, @Nullable OfferedUnit unitBefore) {
        long order = reader.unsigned();
        long job = reader.signed();
        long group = reader.signed();
        long session = reader.signed();
        int stage = (int) reader.signed();
        int firstTask = reader.count();
        int tasks = reader.count();
        int attempt = reader.count();
        Requirement requirement = new Requirement(amounts(reader), texts(reader));
        int priority = (int) reader.signed();
        long expected = reader.signed();
        boolean preemptible = reader.flag();
        List<Long> assignments = new ArrayList<>(tasks);
        long before = 0;
        for (int task = 0; task < tasks; task++) {
            before += reader.signed();
            assignments.add(before);
        }
        Offer offer = new Offer(
                order,
                job,
                group,
                session,
                stage,
                firstTask,
                tasks,
                attempt,
                requirement,
                priority,
                tasks,
                expected,
                preemptible);
        boolean sameEnvelope = reader.flag();
        return sameEnvelope && unitBefore != null
                ? unitBefore.withEnvelope(offer, assignments)
                : new OfferedUnit(offer, assignments, reader.bytes(reader.count()));
    }

    static byte[] reservation(Reservation reservation) {
        return record(writer -> {
            writer.unsigned(reservation.offer()).unsigned(reservation.firstTask());
            writer.signed(reservation.since()).signed(reservation.turn());
            writer.unsigned(reservation.tasks().size());
            reservation.tasks().forEach((host, tasks) -> writer.utf8(host).unsigned(tasks));
        });
    }

    static Reservation reservation(int priority, byte[] stored) {
        StateReader reader = body(stored, "reservation");
        long offer = reader.unsigned();
        int firstTask = reader.count();
        long since = reader.signed();
        long turn = reader.signed();
        Map<String, Integer> tasks = new TreeMap<>();
        for (int left = reader.count(); left > 0; left--) {
            tasks.put(reader.utf8(), reader.count());
        }
        return new Reservation(priority, offer, firstTask, since, turn, tasks);
    }

    static byte[] standing(PoolStanding standing) {
        return record(writer -> writer.signed(standing.rank())
                .flag(standing.changed())
                .signed(standing.retryAt())
                .signed(standing.lastPlaced()));
    }

    static PoolStanding standing(String pool, byte[] stored) {
        StateReader reader = body(stored, "pool");
        return new PoolStanding(pool, (int) reader.signed(), reader.flag(), reader.signed(), reader.signed());
    }

    /** One or two numbers. */
    static byte[] numbers(long first, long second) {
        return record(writer -> writer.signed(first).signed(second));
    }

    static long[] numbers(byte[] stored) {
        StateReader reader = body(stored, "number");
        return new long[] {reader.signed(), reader.signed()};
    }

    private static void amounts(StateWriter writer, Amounts amounts) {
        writer.unsigned(amounts.size());
        for (int place = 0; place < amounts.size(); place++) {
            writer.utf8(amounts.name(place)).unsigned(amounts.value(place));
        }
    }

    private static Amounts amounts(StateReader reader) {
        Map<String, Long> amounts = new HashMap<>();
        for (int left = reader.count(); left > 0; left--) {
            amounts.put(reader.utf8(), reader.unsigned());
        }
        return Amounts.of(amounts);
    }

    private static void texts(StateWriter writer, Map<String, String> texts) {
        writer.unsigned(texts.size());
        new TreeMap<>(texts).forEach((name, value) -> writer.utf8(name).utf8(value));
    }

    private static Map<String, String> texts(StateReader reader) {
        Map<String, String> texts = new HashMap<>();
        for (int left = reader.count(); left > 0; left--) {
            texts.put(reader.utf8(), reader.utf8());
        }
        return texts;
    }
}
