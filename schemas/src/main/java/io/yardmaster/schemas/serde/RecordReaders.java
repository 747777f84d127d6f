package io.yardmaster.schemas.serde;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** A reader per schema id. Asks the registry once for each id, and again after ten seconds if its records cannot be read. Thread-safe. */
final class RecordReaders {
    private final SchemaRegistry registry;
    private final Optional<Class<? extends SpecificRecord>> fixedType;
    private final Map<Integer, RecordReader> readers = new ConcurrentHashMap<>();
    private final UnreadableIds unreadable;
    /** Nearly all records of a topic have the same id as the record before. */
    private volatile Known latest;

    private record Known(int id, RecordReader reader) {}

    /** @param fixedType the class of all records; if it is empty, the class with the name of the writer's schema */
    RecordReaders(SchemaRegistry registry, Optional<Class<? extends SpecificRecord>> fixedType) {
        this(registry, fixedType, System::nanoTime);
    }

    RecordReaders(SchemaRegistry registry, Optional<Class<? extends SpecificRecord>> fixedType, LongSupplier nanos) {
        this.registry = registry;
        this.fixedType = fixedType;
        this.unreadable = new UnreadableIds(nanos);
    }

    /** @param topic the topic of the record, for the messages of exceptions */
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

    private RecordReader readerOf(int id, Schema writerSchema) {
        String schema = "schema id %s (%s) of registry %s".formatted(id, writerSchema.getFullName(), registry);
        Class<? extends SpecificRecord> type = fixedType
                .or(() -> ContractData.INSTANCE.recordClass(writerSchema))
                .orElseThrow(() -> new UnreadableRecordException(schema + " has no class here"));
        Schema readerSchema = ContractData.INSTANCE.getSchema(type);
        // Avro itself would read any record whose fields happen to fit: a commit event as a cleanup event.
        if (!writerSchema.getFullName().equals(readerSchema.getFullName())) {
            throw new UnreadableRecordException(schema + " is not a " + readerSchema.getFullName());
        }
        try {
            return RecordReader.of(writerSchema, readerSchema);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw UnreadableRecordException.because(schema + " cannot be read as " + type.getSimpleName(), e);
        }
    }

    /** The addresses of the registry, without credentials. */
    @Override
    public String toString() {
        return registry.toString();
    }
}
