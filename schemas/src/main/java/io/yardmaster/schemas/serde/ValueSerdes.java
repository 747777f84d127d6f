package io.yardmaster.schemas.serde;

import io.yardmaster.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Makes serdes for the contract's values, of the class in the setting {@link #CLASS_SETTING}. */
public final class ValueSerdes {
    /** A {@link Serde} class with a constructor without arguments, or its name. */
    public static final String CLASS_SETTING = "value.serde";

    private ValueSerdes() {}

    /**
     * A serde that is configured with all of these settings. {@code specific.avro.reader} is on, and {@code
     * specific.avro.value.type} is the topic's class, so that records of another type are refused when read.
     *
     * @throws IllegalArgumentException if {@code value.serde} is no serde or refuses the settings; the message is one line
     */
    public static <V extends SpecificRecord> Serde<V> of(Topic<V> topic, Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("specific.avro.reader", true);
        all.put(SerdeSettings.VALUE_TYPE, topic.valueType());
        Class<?> type = serdeClass(settings.get(CLASS_SETTING));
        Serde<V> serde = instance(type);
        try {
            serde.configure(all, false);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    type == AvroSerde.class ? e.getMessage() : refusal(type.getName(), "refuses its settings", e), e);
        }
        return serde;
    }

    private static Class<?> serdeClass(Object named) {
        if (named == null) {
            return AvroSerde.class;
        }
        if (named instanceof Class<?> given) {
            return given;
        }
        String name = named.toString().strip();
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, true, ofThread != null ? ofThread : ValueSerdes.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(refusal(name, "is not on the class path or cannot be loaded", e), e);
        }
    }

    @SuppressWarnings("unchecked") // a serde's type parameter cannot be checked; Avro ones are generic over all records
    private static <V> Serde<V> instance(Class<?> type) {
        if (!Serde.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException(
                    "%s: %s is no %s".formatted(CLASS_SETTING, type.getName(), Serde.class.getName()));
        }
        try {
            return (Serde<V>) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    refusal(type.getName(), "has no public constructor without arguments that works", e), e);
        }
    }

    private static String refusal(String className, String problem, Throwable cause) {
        return "%s: %s %s (%s)"
                .formatted(
                        CLASS_SETTING, className, problem, String.valueOf(cause).replaceAll("\\s+", " "));
    }
}
