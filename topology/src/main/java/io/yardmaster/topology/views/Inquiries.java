package io.yardmaster.topology.views;

import io.yardmaster.topology.pacing.IdlePacer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Where any thread asks the lane partitions of this instance. */
public final class Inquiries {
    private final Map<Integer, LaneDesk> desks = new ConcurrentHashMap<>();
    private final RateHistory rates = new RateHistory();
    private final IdlePacer pacer;

    /** @param pacer of those who answer: a question wakes them */
    public Inquiries(IdlePacer pacer) {
        this.pacer = pacer;
    }

    /** A lane partition is scheduled here until its desk is closed. */
    public LaneDesk open(int lane) {
        LaneDesk desk = new LaneDesk(this, lane, rates);
        LaneDesk before = desks.put(lane, desk);
        if (before != null) {
            before.refuse();
        }
        return desk;
    }

    void closed(LaneDesk desk) {
        desks.remove(desk.lane(), desk);
    }

    /** Asks every lane partition of this instance, by partition; one that is leaving fails the answer. */
    public <T> SortedMap<Integer, CompletableFuture<T>> askAll(Function<OpenLane, T> question) {
        SortedMap<Integer, CompletableFuture<T>> answers = new TreeMap<>();
        desks.forEach((lane, desk) -> answers.put(lane, desk.ask(question)));
        pacer.wake();
        return answers;
    }

    /** How fast it went of late, in all lane partitions that are or were here. */
    public RateHistory rates() {
        return rates;
    }
}
