package io.yardmaster.schemas.serde;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** A reader per schema id; the registry is asked once for each, and again now and then for one that cannot be read. Thread-safe. */
final class RecordReaders {
    private final SchemaRegistry registry;
    private final Optional<Class<? extends SpecificRecord>> fixedType;
    private final Map<Integer, RecordReader> readers = new ConcurrentHashMap<>();
    private final UnreadableIds unreadable;
    /** Nearly all records of a topic have the id of the one before. */
    private volatile Known latest;

    private record Known(int id, RecordReader reader) {}

    /** @param fixedType what all records are read as; without it, the class that has the name of the writer's schema */
    RecordReaders(SchemaRegistry registry, Optional<Class<? extends SpecificRecord>> fixedType) {
        this(registry, fixedType, System::nanoTime);
    }

    RecordReaders(SchemaRegistry registry, Optional<Class<? extends SpecificRecord>> fixedType, LongSupplier nanos) {
        this.registry = registry;
        this.fixedType = fixedType;
        this.unreadable = new UnreadableIds(nanos);
    }

    /** @param topic whose record is being read, for the message of what is thrown */
    RecordReader of(String topic, int id) {
        Known known = latest;
        if (known != null && known.id == id) {
            return known.reader;
        }
        RecordReader reader = readers.get(id);
        if (reader == null) {
            reader = ask(topic, id);
            readers.put(id, reader);
        }
        latest = new Known(id, reader);
        return reader;
    }

    private RecordReader ask(String topic, int id) {
        try {
            unreadable.check(id);
            return newReader(id);
        } catch (UnreadableRecordException e) {
            throw new UnreadableRecordException("topic %s: %s".formatted(topic, e.getMessage()), e.getCause());
        } catch (RegistryUnavailableException e) {
            throw new RegistryUnavailableException("topic %s: %s".formatted(topic, e.getMessage()), e.getCause());
        }
    }

    private RecordReader newReader(int id) {
        try {
            return readerOf(id, registry.byId(id));
        } catch (UnreadableRecordException e) {
            unreadable.add(id, e);
            throw e;
        }
    }

    private RecordReader readerOf(int id, Schema writer) {
        String what = "schema id %s (%s) of registry %s".formatted(id, writer.getFullName(), registry);
        Class<? extends SpecificRecord> type = fixedType
                .or(() -> ContractData.INSTANCE.recordClass(writer))
                .orElseThrow(() -> new UnreadableRecordException(what + " has no class here"));
        Schema reader = ContractData.INSTANCE.getSchema(type);
        // Avro itself would read any record whose fields happen to fit: a commit event as a cleanup event.
        if (!writer.getFullName().equals(reader.getFullName())) {
            throw new UnreadableRecordException(what + " is not a " + reader.getFullName());
        }
        try {
            return RecordReader.of(writer, reader);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw UnreadableRecordException.because(what + " cannot be read as " + type.getSimpleName(), e);
        }
    }

    /** Where the registry is, without credentials. */
    @Override
    public String toString() {
        return registry.toString();
    }
}
