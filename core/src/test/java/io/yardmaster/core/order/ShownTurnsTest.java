package io.yardmaster.core.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.state.Garbage;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The turns that an order shows are those that it gives, also after groups have joined, left or been restored. */
class ShownTurnsTest {
    private static final int PLACES = 20;

    private final JobTable table;
    private int created;

    ShownTurnsTest() {
        HeapStorage storage = new HeapStorage();
        Keys keys = new Keys();
        table = new JobTable(storage, keys, new Garbage(storage, keys, new Ledger()));
    }

    /** Adds a job of each of these groups, and returns the last one. */
    private Job add(TurnOrder order, long... groups) {
        Job job = null;
        for (long group : groups) {
            job = table.create(created, group);
            job.slot = created;
            job.seat = ++created;
            order.add(job);
        }
        return job;
    }

    private static Job takeTurn(TurnOrder order) {
        if (order.next() == null) {
            order.beginRound();
        }
        Job job = order.next();
        order.beginTurn();
        order.endTurn();
        return job;
    }

    private static Map<Long, Long> shown(TurnOrder order) {
        Map<Long, Long> turns = new HashMap<>();
        order.turnsBefore((job, before) -> turns.put(job.id, before));
        return turns;
    }

    private Map<Long, Long> taken(TurnOrder order) {
        Map<Long, Long> turns = new HashMap<>();
        for (long turn = 0; turns.size() < created; turn++) {
            turns.putIfAbsent(takeTurn(order).id, turn);
        }
        return turns;
    }

    @Test
    void groupsThatJoinDuringARoundHaveNoTurnInIt() {
        GroupOrder order = new GroupOrder(PLACES, group -> {});
        add(order, 1, 1, 1, 2, 2, 3, 3, 3);
        order.beginRound();
        takeTurn(order);
        add(order, 4, 5, 4);

        Map<Long, Long> shown = shown(order);

        assertThat(shown).isEqualTo(taken(order));
    }

    @Test
    void noMoreJobsAreUpcomingThanAskedFor() {
        JobOrder order = new JobOrder(PLACES);
        add(order, 1, 2, 3);
        order.beginRound();
        List<Job> turns = new ArrayList<>(order.upcoming(3));
        assertThat(order.upcoming(2)).isEqualTo(turns.subList(0, 2));
        assertThat(turns).isEqualTo(List.of(takeTurn(order), takeTurn(order), takeTurn(order)));
    }

    @Test
    void groupThatLeavesNoLongerCountsForTheTurnsOfARound() {
        GroupOrder order = new GroupOrder(PLACES, group -> {});
        Job leaving = add(order, 1, 2, 3);
        order.remove(leaving);
        assertThat(order.perRound()).isEqualTo(2);
    }

    @Test
    void groupsWithoutARecordGoOnAtTheCursorOfTheirJobs() {
        JobOrder before = new JobOrder(PLACES);
        add(before, 1, 2, 3);
        before.beginRound();
        List<Job> jobs = before.upcoming(3);
        takeTurn(before);
        GroupOrder order = new GroupOrder(PLACES, group -> {});
        order.restore(jobs, before.cursor());
        assertThat(order.next()).isEqualTo(jobs.get(1));
    }
}
