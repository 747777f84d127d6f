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
import java.util.TreeMap;

/** A {@link LivePolicy}, and the capacities of limits, as a log has them. */
final class PolicyCode {
    /** By their numbers in the log, which never change. */
    private static final List<StageOrder> ORDERS = List.of(StageOrder.ARRIVAL, StageOrder.CRITICAL_PATH);

    /** Likewise, counted from 1; 0 stands for both. */
    private static final List<TaskEnd> ENDS = List.of(TaskEnd.FAILED, TaskEnd.KILLED);

    private PolicyCode() {}

    static void write(StateWriter writer, LivePolicy live) {
        writer.unsigned(live.groupWeights().size());
        live.groupWeights().forEach((group, weight) -> number(writer.signed(group), weight));
        writer.unsigned(live.limits().size());
        live.limits().forEach((key, capacity) -> writer.utf8(key).unsigned(capacity));
        writer.unsigned(live.rates().size());
        live.rates().forEach((group, rate) -> number(writer.signed(group), rate.perSecond())
                .unsigned(rate.burst()));
        writer.unsigned(live.retries().size());
        live.retries().forEach(rule -> write(writer, rule));
        StageOrders orders = live.stageOrders();
        writer.unsigned(ORDERS.indexOf(orders.others()));
        writer.unsigned(orders.groups().size());
        orders.groups().forEach((group, order) -> writer.signed(group).unsigned(ORDERS.indexOf(order)));
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

    static LivePolicy read(StateReader reader) {
        Map<Long, Double> weights = new TreeMap<>();
        for (int left = reader.count(); left > 0; left--) {
            weights.put(reader.signed(), number(reader));
        }
        Map<String, Long> limits = new TreeMap<>();
        for (int left = reader.count(); left > 0; left--) {
            limits.put(reader.utf8(), reader.unsigned());
        }
        Map<Long, DispatchRate> rates = new TreeMap<>();
        for (int left = reader.count(); left > 0; left--) {
            rates.put(reader.signed(), new DispatchRate(number(reader), reader.unsigned()));
        }
        List<RetryRule> retries = new ArrayList<>();
        for (int left = reader.count(); left > 0; left--) {
            retries.add(rule(reader));
        }
        StageOrder others = ORDERS.get(reader.count());
        Map<Long, StageOrder> groups = new TreeMap<>();
        for (int left = reader.count(); left > 0; left--) {
            groups.put(reader.signed(), ORDERS.get(reader.count()));
        }
        return new LivePolicy(weights, limits, rates, retries, new StageOrders(others, groups));
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
