package io.yardmaster.schemas.serde;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds generated classes by the names of their schemas. Avro's own way takes only classes in packages that a system
 * property trusts, since a schema may name any class; here a class must be one that Avro generated, which makes the
 * property needless.
 */
final class ContractData extends SpecificData {
    static final ContractData INSTANCE = new ContractData();

    private static final Class<?> NONE = Void.class;

    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    private ContractData() {
        super(ContractData.class.getClassLoader());
    }

    /** Null if there is no such class. */
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

    /** Empty if no generated record class has the name of this schema. */
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
