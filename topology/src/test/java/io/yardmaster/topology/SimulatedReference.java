package io.yardmaster.topology;

import io.yardmaster.core.NaiveScheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Checks the decisions of one shard against a scheduler without failures, which is fed the committed work in its order;
 * aborted work never happened.
 */
final class SimulatedReference {
    private final int shard;
    private final boolean exact;
    private final NaiveScheduler naive;
    private final List<String> expected = new ArrayList<>();
    private boolean wrongGroup;
    private long session = -1;

    /** @param exact true if everything that decides the order is known here, so that the order must be the same */
    SimulatedReference(int shard, Policy policy, boolean exact) {
        this.shard = shard;
        this.exact = exact;
        this.naive = new NaiveScheduler(policy, this::decided);
    }

    void replay(SimulatedTransaction.ShardWork work) {
        for (SimulatedTransaction.Step step : work.steps) {
            if (step instanceof SimulatedTransaction.Processed processed) {
                event(processed);
            } else if (step instanceof SimulatedTransaction.Ticked ticked) {
                tick(ticked);
            }
        }
    }

    private void event(SimulatedTransaction.Processed processed) {
        wrongGroup = false;
        boolean senseless = false;
        SpecificRecord event = processed.event();
        try {
            naive.apply(Events.of(SimulatedStorage.record(event, processed.time())));
        } catch (InvalidEventException e) {
            senseless = true;
        }
        if (exact && processed.refused() != (senseless || wrongGroup)) {
            throw new AssertionError(event + (processed.refused() ? " was refused" : " was not refused"));
        }
    }

    private void tick(SimulatedTransaction.Ticked ticked) {
        naive.apply(new Event.SessionBegan(ticked.published()));
        for (TaskAssignment made : ticked.made()) {
            if (made.getSessionId() < session) {
                throw new AssertionError("S11: " + made + " after session " + session + " had begun");
            }
            session = made.getSessionId();
        }
        expected.clear();
        if (exact) {
            naive.tick(ticked.time(), Budget.of(ticked.made().size()));
            List<String> made = IntStream.range(0, ticked.made().size())
                    .mapToObj(i -> told(ticked.made().get(i), ticked.traces().get(i)))
                    .toList();
            if (!made.equals(expected)) {
                throw new AssertionError("shard " + shard + " dispatched " + made + " and not " + expected);
            }
        }
    }

    private String told(TaskAssignment made, Optional<TraceContext> trace) {
        long number = made.getAssignmentId() & ((1L << 47) - 1);
        return number + " in session " + made.getSessionId() + ": "
                + SimulatedStorage.name(made.getJobId(), made.getKind(), made.getTaskIndex(), made.getAttempt())
                + trace;
    }

    private void decided(Decision decision) {
        if (decision instanceof DispatchedTask made) {
            expected.add(made.id() + " in session " + made.session() + ": "
                    + SimulatedStorage.name(made.job(), made.kind(), made.taskIndex(), made.attempt())
                    + Optional.ofNullable(made.trace()).map(PackedTrace::unpack));
        } else if (decision instanceof Decision.Dropped dropped) {
            wrongGroup |= dropped.reason() == EventDropReason.WRONG_GROUP;
        }
    }
}
