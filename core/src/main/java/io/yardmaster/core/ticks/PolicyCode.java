package io.yardmaster.core.ticks;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.RetryRule;
import io.yardmaster.core.values.StageOrder;
import io.yardmaster.core.values.StageOrders;
import io.yardmaster.core.values.TaskEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A {@link LivePolicy}, and the capacities of limits, as a log has them. */
final class PolicyCode {
    /** By their numbers in the log, which never change. */
    private static final List<StageOrder> ORDERS = List.of(StageOrder.ARRIVAL, StageOrder.CRITICAL_PATH);

    /** Likewise, counted from 1; 0 stands for both. */
    private static final List<TaskEnd> ENDS = List.of(TaskEnd.FAILED, TaskEnd.KILLED);

    private PolicyCode() {}

    /** Writes what is not in the policy before. */
    static void write(StateWriter writer, LivePolicy before, LivePolicy after) {
        write(writer, before.groupWeights(), after.groupWeights(), StateWriter::signed, PolicyCode::number);
        writeChanges(writer, before.limits(), after.limits());
        write(writer, before.rates(), after.rates(), StateWriter::signed, PolicyCode::rate);
        write(writer, before.poolRates(), after.poolRates(), StateWriter::utf8, PolicyCode::rate);
        boolean newRetries = !after.retries().equals(before.retries());
        writer.flag(newRetries);
        if (newRetries) {
            writer.unsigned(after.retries().size());
            after.retries().forEach(rule -> write(writer, rule));
        }
        StageOrders orders = after.stageOrders();
        writer.unsigned(ORDERS.indexOf(orders.others()));
        write(
                writer,
                before.stageOrders().groups(),
                orders.groups(),
                StateWriter::signed,
                (to, order) -> to.unsigned(ORDERS.indexOf(order)));
    }

    private static void rate(StateWriter writer, DispatchRate rate) {
        number(writer, rate.perSecond()).unsigned(rate.burst());
    }

    private static DispatchRate rate(StateReader reader) {
        return new DispatchRate(number(reader), reader.unsigned());
    }

    /** Writes the choices for groups or pools that are new, others or left. */
    private static <K, V> void write(
            StateWriter writer,
            Map<K, V> before,
            Map<K, V> after,
            BiConsumer<StateWriter, K> owner,
            BiConsumer<StateWriter, V> choice) {
        SortedSet<K> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(one -> Objects.equals(before.get(one), after.get(one)));
        writer.unsigned(changed.size());
        for (K one : changed) {
            V chosen = after.get(one);
            owner.accept(writer, one);
            writer.flag(chosen != null);
            if (chosen != null) {
                choice.accept(writer, chosen);
            }
        }
    }

    private static void write(StateWriter writer, RetryRule rule) {
        Long group = rule.group();
        writer.flag(group != null);
        if (group != null) {
            writer.signed(group);
        }
        writer.unsigned(rule.end() == null ? 0 : 1 + ENDS.indexOf(rule.end()))
                .utf8(rule.reason())
                .unsigned(rule.attempts())
                .unsigned(rule.backoff())
                .unsigned(rule.retriesPerJob());
    }

    /**
     * Reads the policy that follows this one.
     *
     * @param hasPoolRates false in a log of a layout that has none
     */
    static LivePolicy read(StateReader reader, LivePolicy before, boolean hasPoolRates) {
        Map<Long, Double> weights = read(reader, before.groupWeights(), StateReader::signed, PolicyCode::number);
        Map<String, Long> limits = readChanges(reader, before.limits());
        Map<Long, DispatchRate> rates = read(reader, before.rates(), StateReader::signed, PolicyCode::rate);
        Map<String, DispatchRate> poolRates =
                hasPoolRates ? read(reader, before.poolRates(), StateReader::utf8, PolicyCode::rate) : Map.of();
        List<RetryRule> retries = before.retries();
        if (reader.flag()) {
            retries = new ArrayList<>();
            for (int left = reader.count(); left > 0; left--) {
                retries.add(rule(reader));
            }
        }
        StageOrder others = ORDERS.get(reader.count());
        Map<Long, StageOrder> groups =
                read(reader, before.stageOrders().groups(), StateReader::signed, from -> ORDERS.get(from.count()));
        return new LivePolicy(weights, limits, rates, poolRates, retries, new StageOrders(others, groups));
    }

    private static <K, V> Map<K, V> read(
            StateReader reader, Map<K, V> before, Function<StateReader, K> owner, Function<StateReader, V> choice) {
        Map<K, V> after = new TreeMap<>(before);
        for (int left = reader.count(); left > 0; left--) {
            K one = owner.apply(reader);
            if (reader.flag()) {
                after.put(one, choice.apply(reader));
            } else {
                after.remove(one);
            }
        }
        return after;
    }

    private static RetryRule rule(StateReader reader) {
        Long group = reader.flag() ? reader.signed() : null;
        int end = reader.count();
        return new RetryRule(
                group,
                end == 0 ? null : ENDS.get(end - 1),
                reader.utf8(),
                reader.count(),
                reader.unsigned(),
                reader.count());
    }

    /** Writes the capacities that are new or left: one more than the units, or 0 where there is no limit any more. */
    static void writeChanges(StateWriter writer, Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> changes = new TreeMap<>();
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(key -> changes.put(key, 0L));
        after.forEach((key, capacity) -> {
            if (!capacity.equals(before.get(key))) {
                changes.put(key, capacity + 1);
            }
        });
        writer.unsigned(changes.size());
        changes.forEach((key, coded) -> writer.utf8(key).unsigned(coded));
    }

    /** Reads the capacities that follow from these. */
    static Map<String, Long> readChanges(StateReader reader, Map<String, Long> before) {
        Map<String, Long> after = new TreeMap<>(before);
        for (int left = reader.count(); left > 0; left--) {
            String key = reader.utf8();
            long coded = reader.unsigned();
            if (coded == 0) {
                after.remove(key);
            } else {
                after.put(key, coded - 1);
            }
        }
        return after;
    }

    static StateWriter number(StateWriter writer, double value) {
        long bits = Double.doubleToLongBits(value);
        byte[] bytes = new byte[Double.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bits >>> (Byte.SIZE * (bytes.length - 1 - i)));
        }
        return writer.bytes(bytes);
    }

    static double number(StateReader reader) {
        long bits = 0;
        for (byte part : reader.bytes(Double.BYTES)) {
            bits = bits << Byte.SIZE | (part & 0xFFL);
        }
        return Double.longBitsToDouble(bits);
    }
}
