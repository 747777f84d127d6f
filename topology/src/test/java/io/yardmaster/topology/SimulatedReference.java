package io.yardmaster.topology;

import io.yardmaster.core.NaiveScheduler;
import io.yardmaster.core.Scheduler;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Checks the decisions of one shard against a scheduler without failures, which is fed the committed work in its order, with the policies and the
 * budgets that it had; aborted work never happened. It is the naive one or, where that does not know all that decides, the core itself: with
 * graphs, whose decisions are checked then, with a policy that changes, and with groups that have a part of their turns in each shard.
 */
final class SimulatedReference {
    private final int shard;
    private final int shards;
    /** True if the core is the reference. */
    private final boolean isCore;

    private final NaiveScheduler naive;
    private final Policy policy;
    private final HeapStorage storage = new HeapStorage();
    private final SimulatedGraphs graphs;
    private final List<String> expected = new ArrayList<>();
    private Scheduler core;
    private LivePolicy followed = LivePolicy.NONE;
    /** The generation of the owner whose work was replayed last. */
    private int generation;
    /** The time of its latest tick, and the part of all time in which it stored its age. */
    private long now;

    private long ageStoredIn;

    private boolean wrongGroup;
    private boolean graphRefused;
    private long session = -1;

    /** @param withPolicy true if the groups have rates and weights that change */
    SimulatedReference(int shard, int shards, Policy policy, SimulatedGraphs graphs, boolean withPolicy) {
        this.shard = shard;
        this.shards = shards;
        this.isCore =
                graphs != null || withPolicy || (shards > 1 && policy.fairness().isByGroup());
        this.naive = new NaiveScheduler(policy, this::decided);
        this.policy = policy;
        this.core = new Scheduler(policy, storage, 0);
        this.graphs = graphs;
    }

    /**
     * Replays the work of a transaction. A new owner begins with what the one before has stored, in which its age may be missing, on which the ends of
     * back-offs depend.
     */
    void replay(SimulatedTransaction.ShardWork work) {
        if (work.generation != generation) {
            generation = work.generation;
            now = 0;
            ageStoredIn = 0;
            core = new Scheduler(policy, storage, 0);
            followed = LivePolicy.NONE;
        }
        for (SimulatedTransaction.Step step : work.steps) {
            if (step instanceof SimulatedTransaction.Processed processed) {
                event(processed);
            } else if (step instanceof SimulatedTransaction.Ticked ticked) {
                tick(ticked);
            }
        }
        long part = now / SchedulerProcessor.ageStoredEveryMs(policy);
        core.flush(part != ageStoredIn);
        ageStoredIn = part;
    }

    private void event(SimulatedTransaction.Processed processed) {
        wrongGroup = false;
        graphRefused = false;
        boolean senseless = false;
        SpecificRecord event = processed.event();
        if (!followed.hasWeightsAlone() || !processed.live().hasWeightsAlone()) {
            follow(processed.live());
        }
        try {
            apply(eventOf(event, SimulatedStorage.record(event, processed.time())));
        } catch (InvalidEventException e) {
            senseless = true;
        }
        if (processed.refused() != (senseless || wrongGroup || graphRefused)) {
            throw new AssertionError(event + (processed.refused() ? " was refused" : " was not refused"));
        }
    }

    private Event eventOf(SpecificRecord event, Record<Long, SpecificRecord> record) {
        if (event instanceof JobGraph graph) {
            return GraphEvents.of(graph, record, PolicySnapshot.NONE);
        } else if (event instanceof JobCommand command) {
            return Events.of(command);
        } else if (event instanceof TaskOutcome outcome) {
            return Events.of(outcome, number(outcome.getAssignmentId()), record);
        }
        return Events.of(record);
    }

    private void follow(LivePolicy live) {
        if (!live.equals(followed)) {
            followed = live;
            core.follow(live.part(shards));
        }
    }

    private void apply(Event event) {
        if (isCore) {
            check(core.apply(event));
        } else {
            naive.apply(event);
        }
    }

    private void offer(long time, Budget budget) {
        if (isCore) {
            List<Decision> decisions = new ArrayList<>();
            core.tick(time, budget, decisions::add);
            check(decisions);
        } else {
            naive.tick(time, budget);
        }
    }

    private void check(List<Decision> decisions) {
        decisions.forEach(this::decided);
        if (graphs != null) {
            graphs.check(shard, decisions, core.session());
        }
    }

    private void tick(SimulatedTransaction.Ticked ticked) {
        now = ticked.time();
        apply(new Event.SessionBegan(ticked.published()));
        if (ticked.unreported().length > 0) {
            long[] numbers = LongStream.of(ticked.unreported())
                    .map(SimulatedReference::number)
                    .toArray();
            apply(new Event.AssignmentsUnreported(numbers));
        }
        for (TaskAssignment made : ticked.made()) {
            if (made.getSessionId() < session) {
                throw new AssertionError("S11: " + made + " after session " + session + " had begun");
            }
            session = made.getSessionId();
        }
        expected.clear();
        follow(ticked.live());
        offer(ticked.time(), ticked.budget());
        List<String> made = IntStream.range(0, ticked.made().size())
                .mapToObj(i -> told(ticked.made().get(i), ticked.traces().get(i)))
                .toList();
        if (!made.equals(expected)) {
            throw new AssertionError("shard " + shard + " dispatched " + made + " and not " + expected);
        }
    }

    private static long number(long assignment) {
        return assignment & ((1L << 47) - 1);
    }

    private String told(TaskAssignment made, Optional<TraceContext> trace) {
        return number(made.getAssignmentId()) + " in session " + made.getSessionId() + ": "
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
        } else if (decision instanceof Decision.GraphRefused) {
            graphRefused = true;
        }
    }
}
