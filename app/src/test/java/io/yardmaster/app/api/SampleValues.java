package io.yardmaster.app.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a value of any record from the types of its components.
 *
 * @param full whether optional values are there; lists have one element in any case
 * @param constant which constant of each enum is taken, modulo how many it has
 */
record SampleValues(boolean full, int constant) {
    static final String TEXT = "4711";

    Object of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type first = generic.getActualTypeArguments()[0];
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == List.class) {
                return List.of(present(first));
            }
            if (raw == Optional.class) {
                return full ? Optional.of(of(first)) : Optional.empty();
            }
            if (raw == Map.class) {
                Object value = present(generic.getActualTypeArguments()[1]);
                return first == String.class
                        ? Map.of(TEXT, value)
                        : Arrays.stream(((Class<?>) first).getEnumConstants())
                                .collect(Collectors.toMap(Function.identity(), key -> value));
            }
            throw new IllegalArgumentException("no sample of a " + type);
        }
        return ofClass((Class<?>) type);
    }

    /** A collection has no null in it. */
    private Object present(Type type) {
        return type == Integer.class || type == Long.class ? new SampleValues(true, constant).of(type) : of(type);
    }

    private Object ofClass(Class<?> type) {
        if (type.isRecord()) {
            return ofRecord(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[constant % type.getEnumConstants().length];
        }
        return switch (type.getSimpleName()) {
            case "String" -> TEXT;
            case "boolean" -> true;
            case "int" -> 3;
            case "long" -> 7L;
            case "double" -> 0.5;
            case "Integer" -> full ? 3 : null;
            case "Long" -> full ? 7L : null;
            case "OptionalInt" -> full ? OptionalInt.of(3) : OptionalInt.empty();
            case "OptionalLong" -> full ? OptionalLong.of(7) : OptionalLong.empty();
            default -> throw new IllegalArgumentException("no sample of a " + type);
        };
    }

    private Object ofRecord(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(components)
                    .map(component -> of(component.getGenericType()))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no sample of " + type, e);
        }
    }
}
