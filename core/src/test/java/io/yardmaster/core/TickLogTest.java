package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.ticks.LoggedCall;
import io.yardmaster.core.ticks.TickInput;
import io.yardmaster.core.ticks.TickLog;
import io.yardmaster.core.ticks.TickLogReader;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.RetryRule;
import io.yardmaster.core.values.StageOrder;
import io.yardmaster.core.values.StageOrders;
import io.yardmaster.core.values.TaskEnd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TickLogTest {
    private final TickLog log = new TickLog();
    private final TickLogReader reader = new TickLogReader();

    private void open() {
        log.opened(LoggedCall.Beginning.FRESH, 0, Policy.DEFAULT);
        reader.read(log.take());
    }

    private void tick(long at, Budget budget, boolean changed) {
        log.ticks(at, budget);
        log.ticked(changed);
    }

    @Test
    void R2_aPolicyIsReadAsItWasFollowed() {
        open();
        LivePolicy all = new LivePolicy(
                Map.of(-3L, 0.1, 7L, 2.0),
                Map.of("all", 90L, "limit/licence", 3L, "pool/gpu", 0L),
                Map.of(7L, new DispatchRate(0.3, 5)),
                Map.of("gpu", new DispatchRate(2, 3)),
                List.of(
                        new RetryRule(null, null, "", 2, 0, RetryRule.NO_LIMIT),
                        new RetryRule(7L, TaskEnd.KILLED, "ran longer than", 3, 1_000, 10)),
                new StageOrders(StageOrder.CRITICAL_PATH, Map.of(9L, StageOrder.ARRIVAL)));
        LivePolicy others = new LivePolicy(
                Map.of(-3L, 0.2, 8L, 4.0),
                Map.of("all", 90L, "limit/licence", 4L),
                Map.of(7L, new DispatchRate(0.3, 6), 8L, new DispatchRate(1, 1)),
                Map.of("gpu", new DispatchRate(2, 4), "tape", new DispatchRate(0.5, 1)),
                all.retries(),
                new StageOrders(StageOrder.ARRIVAL, Map.of(9L, StageOrder.CRITICAL_PATH)));
        log.obeyed(all);
        log.obeyed(others);
        log.obeyed(LivePolicy.NONE);
        log.obeyed(all);
        assertThat(reader.read(log.take()))
                .containsExactly(
                        new LoggedCall.Obeyed(all),
                        new LoggedCall.Obeyed(others),
                        new LoggedCall.Obeyed(LivePolicy.NONE),
                        new LoggedCall.Obeyed(all));
    }

    @Test
    void R2_aChangeOfOneGroupTakesAFewBytesWhateverThePolicy() {
        open();
        Map<Long, Double> weights = new HashMap<>();
        for (long group = 0; group < 2_000; group++) {
            weights.put(group, 2.0);
        }
        log.obeyed(new LivePolicy(weights));
        reader.read(log.take());
        weights.put(7L, 3.0);
        log.obeyed(new LivePolicy(weights));
        assertThat(log.size()).isLessThan(20);
        assertThat(reader.read(log.take())).containsExactly(new LoggedCall.Obeyed(new LivePolicy(weights)));
    }

    @Test
    void R2_limitsAreReadAsTheyChange() {
        open();
        List<Budget> budgets = List.of(
                new Budget(2, Map.of(1L, 0.5), 3, Map.of("all", 5L, "pool/gpu", 0L), 64),
                new Budget(2, Map.of(1L, 0.5), 3, Map.of("all", 5L, "pool/gpu", 9L), 64),
                new Budget(1, Map.of(), Budget.NO_FLOOR, Map.of("limit/a", 1L)));
        for (Budget budget : budgets) {
            tick(5, budget, false);
        }
        log.taken(new long[] {3, 8, 9});
        log.unreported(new long[] {7, 9});
        assertThat(reader.read(log.take()))
                .containsExactly(
                        new LoggedCall.Ticked(5, budgets.get(0), OptionalLong.empty()),
                        new LoggedCall.Ticked(5, budgets.get(1), OptionalLong.empty()),
                        new LoggedCall.Ticked(5, budgets.get(2), OptionalLong.empty()),
                        new LoggedCall.Taken(List.of(3L, 8L, 9L)),
                        new LoggedCall.Unreported(List.of(7L, 9L)));
    }

    @Test
    void R2_aTickWithoutATraceIsLeftOutUnlessItIsTheFirstUnderAPolicy() {
        open();
        Budget budget = new Budget(2, Map.of(), Budget.NO_FLOOR, Map.of("all", 5L));
        tick(5, budget, true);
        tick(10, budget, false);
        log.obeyed(LivePolicy.NONE);
        tick(15, budget, false);
        tick(20, budget, false);
        tick(25, budget, true);
        assertThat(reader.read(log.take()))
                .containsExactly(
                        new LoggedCall.Ticked(5, budget, OptionalLong.empty()),
                        new LoggedCall.Obeyed(LivePolicy.NONE),
                        new LoggedCall.Ticked(15, budget, OptionalLong.empty()),
                        new LoggedCall.Ticked(25, budget, OptionalLong.empty()));
    }

    /** As earlier versions wrote it, which named the weights by a mark. */
    @Test
    void R2_aLogOfTheFirstLayoutIsRead() {
        StateWriter old = new StateWriter();
        old.unsigned(0).unsigned(1).unsigned(0).unsigned(0);
        old.unsigned(4).unsigned(1).unsigned(1).unsigned(60_000).unsigned(90_000);
        old.unsigned(2).unsigned(1_000).unsigned(5);
        old.unsigned(1).signed(0).unsigned(1).unsigned(2);
        old.unsigned(3 | 9 << 3).signed(1_000).unsigned(7).signed(-5);
        old.unsigned(6);
        List<LoggedCall> calls = reader.read(old.toBytes());
        assertThat(calls).hasSize(4);
        assertThat(calls.get(0)).isInstanceOf(LoggedCall.Opened.class);
        assertThat(calls.subList(1, 4))
                .containsExactly(
                        new LoggedCall.Read(TickInput.READY, 0, 1, 2),
                        new LoggedCall.Ticked(1_000, Budget.of(7), OptionalLong.of(-5)),
                        new LoggedCall.Lost());
    }

    /** As the version before wrote it, which knew no rates of pools. */
    @Test
    void R2_aLogOfTheSecondLayoutIsRead() {
        StateWriter old = new StateWriter();
        old.unsigned(0).unsigned(2).unsigned(0).unsigned(0);
        old.unsigned(4).unsigned(1).unsigned(1).unsigned(60_000).unsigned(90_000);
        old.unsigned(2).unsigned(1_000).unsigned(5);
        // A policy: no weight, a limit, a rate, no new rules of retries, and the order of stages.
        old.unsigned(2 | 1 << 3).unsigned(0);
        old.unsigned(1).utf8("pool/gpu").unsigned(10);
        old.unsigned(1).signed(7).flag(true).bytes(new byte[] {0x3F, (byte) 0xE0, 0, 0, 0, 0, 0, 0});
        old.unsigned(5).flag(false).unsigned(1).unsigned(0);
        old.unsigned(6);
        assertThat(reader.read(old.toBytes()).subList(1, 3))
                .containsExactly(
                        new LoggedCall.Obeyed(new LivePolicy(Map.of(), Map.of("pool/gpu", 9L))
                                .withRates(Map.of(7L, new DispatchRate(0.5, 5)))
                                .withStageOrders(new StageOrders(StageOrder.CRITICAL_PATH, Map.of()))),
                        new LoggedCall.Lost());
    }

    @Test
    void aLogOfALaterLayoutIsRefused() {
        byte[] later = new StateWriter().unsigned(0).unsigned(4).toBytes();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.read(later))
                .withMessage("the log of ticks has layout 4, this version reads 1 to 3");
    }
}
