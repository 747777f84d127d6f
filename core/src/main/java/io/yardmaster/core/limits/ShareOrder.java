package io.yardmaster.core.limits;

import io.yardmaster.core.order.TurnWeights;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.GroupShare;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** The order of waiting lists by what their groups have had of the limits (L3). */
final class ShareOrder {
    private final DominantShares shares;
    private final Map<Long, List<WaitingList>> byGroup = new HashMap<>();
    private TurnWeights weights = TurnWeights.EVEN;
    /** Files a list under another turn. */
    private ObjLongConsumer<WaitingList> refile = (list, turn) -> {};

    ShareOrder(DominantShares shares) {
        this.shares = shares;
    }

    /** Must precede all other calls. */
    void refileBy(ObjLongConsumer<WaitingList> action) {
        refile = action;
    }

    /** Makes all further decisions by these weights. */
    void weigh(TurnWeights newWeights) {
        weights = newWeights;
    }

    void load() {
        shares.load();
    }

    void beginSession() {
        byGroup.clear();
    }

    void add(WaitingList list) {
        byGroup.computeIfAbsent(list.key.group(), group -> new ArrayList<>(1)).add(list);
    }

    void remove(WaitingList list) {
        List<WaitingList> lists = byGroup.get(list.key.group());
        if (lists != null) {
            lists.remove(list);
            if (lists.isEmpty()) {
                byGroup.remove(list.key.group());
            }
        }
    }

    /** The turn of a new list, which was added. */
    long turnOf(WaitingList list) {
        long group = list.key.group();
        boolean isOnly = byGroup.getOrDefault(group, List.of()).size() == 1;
        return isOnly ? shares.join(group) : shares.had(group);
    }

    private void reorder(long group) {
        for (WaitingList list : byGroup.getOrDefault(group, List.of())) {
            refile.accept(list, shares.had(group));
        }
    }

    /** Notes that tasks were granted, or with a negative number that grants were taken back. */
    void granted(long group, Shape shape, int tasks) {
        shares.grant(group, shape, weights.of(group), tasks);
        reorder(group);
    }

    /** Notes how long an assignment has run, in ms. */
    void ran(HeldUnits.Held held, long millis, boolean learn) {
        if (held.expected() > 0 && millis >= 0) {
            shares.ended(held, millis, weights.of(held.group()), learn);
            reorder(held.group());
        }
    }

    /** The expected time of a task, in ms, above 0. */
    long expected(long group, Shape shape) {
        return Math.max(1, shares.expected(group, shape));
    }

    /** The service that groups have had, those with the most first. */
    List<GroupShare> most(int limit) {
        return shares.most(limit);
    }

    void know(Map<String, Long> capacities) {
        shares.know(capacities);
    }

    /** Forgets what some groups have had, if no task waits; none may hold something. */
    void forget() {
        if (byGroup.isEmpty()) {
            shares.forgetSome();
        }
    }

    void flush(StateWriter writer) {
        shares.flush(writer);
    }
}
