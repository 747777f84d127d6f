package io.yardmaster.schemas.serde;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds generated classes by the names of their schemas. A schema may name any class. Avro therefore takes only classes in
 * packages that a system property trusts; this class takes only classes that Avro generated, and needs no property.
 */
final class ContractData extends SpecificData {
    static final ContractData INSTANCE = new ContractData();

    private static final Class<?> NONE = Void.class;

    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    private ContractData() {
        super(ContractData.class.getClassLoader());
    }

    /** The class of a schema; null if there is none. */
    @Override
    @SuppressWarnings("rawtypes") // as declared by Avro
    public Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> {
                Class<?> found = classes.get(schema.getFullName());
                if (found == null) {
                    found = load(schema);
                    classes.put(schema.getFullName(), found);
                }
                yield found == NONE ? null : found;
            }
            default -> super.getClass(schema);
        };
    }

    /** The generated record class with the name of this schema; empty if there is none. */
    Optional<Class<? extends SpecificRecord>> recordClass(Schema schema) {
        Class<?> found = getClass(schema);
        return found != null && SpecificRecord.class.isAssignableFrom(found)
                ? Optional.of(found.asSubclass(SpecificRecord.class))
                : Optional.empty();
    }

    private Class<?> load(Schema schema) {
        try {
            Class<?> named = Class.forName(getClassName(schema), false, getClassLoader());
            return GenericContainer.class.isAssignableFrom(named) ? named : NONE;
        } catch (ClassNotFoundException e) {
            return NONE;
        }
    }
}
