package io.yardmaster.replay.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An object of a scenario's file. A key that is missing, unknown or of another type fails the test with its place. */
final class ScenarioFields {
    private static final double SECOND = 1_000;

    private final String place;
    private final Map<?, ?> values;
    private final Set<Object> left;

    ScenarioFields(String place, Object values) {
        if (!(values instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(place + ": must be an object");
        }
        this.place = place;
        this.values = map;
        this.left = new LinkedHashSet<>(map.keySet());
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    private <T> T get(String key, Class<T> type) {
        left.remove(key);
        Object value = values.get(key);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "%s: %s must be of the type %s".formatted(place, key, type.getSimpleName()));
        }
        return type.cast(value);
    }

    String text(String key) {
        return get(key, String.class);
    }

    boolean flag(String key) {
        return get(key, Boolean.class);
    }

    double number(String key) {
        return get(key, Number.class).doubleValue();
    }

    long integer(String key) {
        return get(key, Integer.class);
    }

    /** Seconds in the file. */
    long millis(String key) {
        return Math.round(number(key) * SECOND);
    }

    List<Integer> integers(String key) {
        List<Integer> integers = new ArrayList<>();
        ((List<?>) get(key, List.class)).forEach(one -> integers.add((Integer) one));
        return integers;
    }

    Map<String, Double> numbers(String key) {
        Map<String, Double> numbers = new TreeMap<>();
        ((Map<?, ?>) get(key, Map.class))
                .forEach((name, one) -> numbers.put(name.toString(), ((Number) one).doubleValue()));
        return numbers;
    }

    ScenarioFields object(String key) {
        return new ScenarioFields(place + ": " + key, get(key, Map.class));
    }

    List<ScenarioFields> list(String key) {
        List<ScenarioFields> list = new ArrayList<>();
        ((List<?>) get(key, List.class)).forEach(one -> list.add(new ScenarioFields(place + ": " + key, one)));
        return list;
    }

    Map<String, ScenarioFields> map(String key) {
        Map<String, ScenarioFields> map = new LinkedHashMap<>();
        ((Map<?, ?>) get(key, Map.class))
                .forEach((name, one) -> map.put(name.toString(), new ScenarioFields(place + ": " + name, one)));
        return map;
    }

    /** Fails if a key was not asked for. */
    void end() {
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(place + ": unknown keys " + left);
        }
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
