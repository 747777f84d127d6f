package io.yardmaster.core.ticks;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the bytes of a {@link TickLog}, portion by portion in their order. */
public final class TickLogReader {
    private static final TickInput[] INPUTS = TickInput.values();

    private int layout = TickLog.LAYOUT;
    private long[] offsets = new long[INPUTS.length];
    private long latestTick;
    private Budget budget = Budget.of(0);
    private LivePolicy obeyed = LivePolicy.NONE;
    private long mark;

    /**
     * The calls in the next bytes.
     *
     * @throws IllegalArgumentException if no log of this version has these bytes
     */
    public List<LoggedCall> read(byte[] bytes) {
        StateReader reader = new StateReader(bytes);
        List<LoggedCall> calls = new ArrayList<>();
        try {
            while (reader.hasMore()) {
                calls.add(call(reader));
            }
        } catch (ArithmeticException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the log of ticks cannot be read", e);
        }
        return calls;
    }

    private LoggedCall call(StateReader reader) {
        int first = reader.count();
        int more = first >>> TickLog.KIND_BITS;
        return switch (first & (1 << TickLog.KIND_BITS) - 1) {
            case TickLog.OPENED -> opened(reader);
            case TickLog.READ -> records(reader, more);
            case TickLog.FOLLOWED -> more == TickLog.POLICY ? obeyed(reader) : new LoggedCall.Followed(reader.signed());
            case TickLog.TICKED -> ticked(reader, more);
            case TickLog.FLUSHED -> new LoggedCall.Flushed(more != 0);
            case TickLog.DECIDED -> new LoggedCall.Decided(Math.toIntExact(reader.signed()));
            case TickLog.LOST -> new LoggedCall.Lost();
            case TickLog.TAKEN ->
                more == TickLog.UNREPORTED ? new LoggedCall.Unreported(ids(reader)) : new LoggedCall.Taken(ids(reader));
            default -> throw new IllegalArgumentException("the log of ticks has an unknown call " + first);
        };
    }

    private LoggedCall opened(StateReader reader) {
        layout = reader.count();
        if (layout < TickLog.LAYOUT_OF_WEIGHTS || layout > TickLog.LAYOUT) {
            throw new IllegalArgumentException("the log of ticks has layout %s, this version reads %s to %s"
                    .formatted(layout, TickLog.LAYOUT_OF_WEIGHTS, TickLog.LAYOUT));
        }
        offsets = new long[INPUTS.length];
        latestTick = 0;
        budget = Budget.of(0);
        obeyed = LivePolicy.NONE;
        mark = 0;
        return new LoggedCall.Opened(
                LoggedCall.BEGINNINGS.get(reader.count()),
                reader.unsigned(),
                new Policy(
                        reader.count(),
                        reader.count(),
                        reader.count(),
                        Duration.ofMillis(reader.unsigned()),
                        Duration.ofMillis(reader.unsigned()),
                        LoggedCall.FAIRNESS.get(reader.count()),
                        Duration.ofMillis(reader.unsigned()),
                        Duration.ofMillis(reader.unsigned())));
    }

    private LoggedCall obeyed(StateReader reader) {
        obeyed = PolicyCode.read(reader, obeyed, layout > TickLog.LAYOUT_OF_GROUP_RATES);
        return new LoggedCall.Obeyed(obeyed);
    }

    private LoggedCall records(StateReader reader, int input) {
        long begin = offsets[input] + reader.signed();
        long end = begin + reader.unsigned();
        offsets[input] = end;
        return new LoggedCall.Read(INPUTS[input], begin, end, reader.unsigned());
    }

    private LoggedCall ticked(StateReader reader, int news) {
        latestTick += reader.signed();
        int assignments = (news & TickLog.NEW_ASSIGNMENTS) == 0 ? budget.assignments() : reader.count();
        Map<Long, Double> weights = (news & TickLog.NEW_WEIGHTS) == 0 ? budget.weights() : weights(reader);
        int floor = (news & TickLog.NEW_FLOOR) == 0 ? budget.floor() : Math.toIntExact(reader.signed());
        mark = (news & TickLog.NEW_MARK) == 0 ? mark : reader.signed();
        Map<String, Long> limits =
                (news & TickLog.NEW_LIMITS) == 0 ? budget.limits() : PolicyCode.readChanges(reader, budget.limits());
        int inPools = (news & TickLog.NEW_IN_POOLS) == 0 ? budget.inPools() : reader.count();
        budget = new Budget(assignments, weights, floor, limits, inPools);
        return new LoggedCall.Ticked(
                latestTick, budget, layout == TickLog.LAYOUT_OF_WEIGHTS ? OptionalLong.of(mark) : OptionalLong.empty());
    }

    private static List<Long> ids(StateReader reader) {
        List<Long> ids = new ArrayList<>();
        long id = 0;
        for (int left = reader.count(); left > 0; left--) {
            id += reader.signed();
            ids.add(id);
        }
        return List.copyOf(ids);
    }

    private Map<Long, Double> weights(StateReader reader) {
        Map<Long, Double> weights = new HashMap<>(budget.weights());
        for (int left = reader.count(); left > 0; left--) {
            long group = reader.signed();
            double weight = PolicyCode.number(reader);
            if (weight > 0) {
                weights.put(group, weight);
            } else {
                weights.remove(group);
            }
        }
        return weights;
    }
}
