package io.yardmaster.core.placement;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Amounts of named resources, in the order of their names; immutable. A resource that is not named has the amount 0. */
public final class Amounts {
    /** No amount of anything. */
    public static final Amounts NONE = new Amounts(new String[0], new long[0]);

    private final String[] names;
    private final long[] values;
    private final int hash;

    private Amounts(String[] names, long[] values) {
        this.names = names;
        this.values = values;
        this.hash = 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    /**
     * The amounts of a map; zeros are left out.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public static Amounts of(Map<String, Long> amounts) {
        TreeMap<String, Long> sorted = new TreeMap<>(amounts);
        sorted.values().removeIf(value -> value == 0);
        sorted.forEach((name, value) -> {
            if (value < 0) {
                throw new IllegalArgumentException("an amount must be 0 or more, not " + name + "=" + value);
            }
        });
        return sorted.isEmpty()
                ? NONE
                : new Amounts(
                        sorted.keySet().toArray(String[]::new),
                        sorted.values().stream().mapToLong(Long::longValue).toArray());
    }

    /** The names of the resources of which there is some, sorted. */
    public List<String> names() {
        return List.of(names);
    }

    /** The amount of a resource. */
    public long of(String name) {
        int place = Arrays.binarySearch(names, name);
        return place < 0 ? 0 : values[place];
    }

    /** The sum of these and others. */
    Amounts plus(Amounts others) {
        return merged(others, 1);
    }

    /**
     * The rest without others.
     *
     * @throws IllegalArgumentException if there is less of a resource than they have
     */
    Amounts minus(Amounts others) {
        return merged(others, -1);
    }

    private Amounts merged(Amounts others, int sign) {
        String[] allNames = new String[size() + others.size()];
        long[] sums = new long[allNames.length];
        int size = 0;
        int own = 0;
        int other = 0;
        while (own < size() || other < others.size()) {
            int order = own == size() ? 1 : other == others.size() ? -1 : names[own].compareTo(others.names[other]);
            String name = order > 0 ? others.names[other] : names[own];
            long sum = (order > 0 ? 0 : values[own]) + (order < 0 ? 0 : sign * others.values[other]);
            if (sum < 0) {
                throw new IllegalArgumentException("%s are less than %s".formatted(this, others));
            }
            if (sum > 0) {
                allNames[size] = name;
                sums[size] = sum;
                size++;
            }
            own += order > 0 ? 0 : 1;
            other += order < 0 ? 0 : 1;
        }
        return size == 0 ? NONE : new Amounts(Arrays.copyOf(allNames, size), Arrays.copyOf(sums, size));
    }

    /** The number of resources of which there is some. */
    int size() {
        return names.length;
    }

    String name(int place) {
        return names[place];
    }

    long value(int place) {
        return values[place];
    }

    /** The same amounts by the names of resources. */
    public Map<String, Long> toMap() {
        Map<String, Long> all = new TreeMap<>();
        for (int place = 0; place < size(); place++) {
            all.put(name(place), value(place));
        }
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Amounts amounts
                        && hash == amounts.hash
                        && Arrays.equals(values, amounts.values)
                        && Arrays.equals(names, amounts.names));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Such as {@code cpu=8, memory=64}. */
    @Override
    public String toString() {
        return IntStream.range(0, names.length)
                .mapToObj(place -> names[place] + "=" + values[place])
                .collect(Collectors.joining(", "));
    }
}
