package io.yardmaster.torture.mutation;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.yardmaster.torture.checker.Verdict.Wrong;
import io.yardmaster.torture.mutation.Patches.Change;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.StubMethod;
import org.apache.kafka.common.utils.Time;

/** Ways to break the scheduler or its execution managers, each of which the checker must notice. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes their contents
public enum Mutation {
    /** A task that was seen before is buffered again. */
    DEDUP_OFF(
            "io.yardmaster.core.jobs.SeenTasks",
            type -> type.visit(Advice.to(AllNew.class).on(named("add"))),
            Wrong.DUPLICATED),
    /** A second commit event has an effect, too. */
    GATE_OFF(
            "io.yardmaster.core.ending.FinalizingGate",
            type -> type.method(named("isClosed")).intercept(FixedValue.value(false)),
            Wrong.DUPLICATED),
    /** A higher attempt counts as a repeat of the first. */
    RETRIES_OFF(
            "io.yardmaster.core.jobs.SeenTasks",
            type -> type.visit(Advice.to(FirstAttempt.class).on(named("add"))),
            Wrong.LOST),
    /**
     * Offsets, state and assignments do not become durable together; seldom enough that a kill surely falls in between.
     */
    AT_LEAST_ONCE(
            "io.yardmaster.topology.StreamsSettings",
            type -> type.visit(Advice.to(AtLeastOnce.class).on(named("of"))),
            Wrong.DUPLICATED,
            Wrong.LOST,
            Wrong.ID_USED_TWICE),
    /** Changes are not written at a commit. */
    FLUSH_SKIPPED(
            "io.yardmaster.core.Scheduler",
            type -> type.method(named("flush")).intercept(StubMethod.INSTANCE),
            Wrong.LOST),
    /** After a restart the rotation begins with the first job again. */
    CURSOR_NOT_STORED(
            "io.yardmaster.core.cycle.CyclePosition",
            type -> type.method(named("moveTo")).intercept(StubMethod.INSTANCE),
            Wrong.OUT_OF_TURN),
    /** Events of older sessions are let in. */
    SESSION_FENCE_OFF(
            "io.yardmaster.core.state.Ledger",
            type -> type.method(named("isOver")).intercept(FixedValue.value(false)),
            Wrong.INVENTED),
    /** There is always room. */
    WINDOW_OFF(
            "io.yardmaster.topology.config.Capacity",
            type -> type.method(named("at").or(named("most"))).intercept(FixedValue.value(1_000_000)),
            Wrong.WINDOW_EXCEEDED),
    /** Streams runs on the wall clock itself. */
    CLOCK_NOT_STEADY(
            "io.yardmaster.topology.SteadyTime",
            type -> type.method(named("milliseconds"))
                    .intercept(MethodCall.invoke(wallClock()).onField("wallClock")),
            Wrong.STALLED,
            Wrong.LOST),
    /** A cancelled job keeps its place in the rotation, and its tasks. */
    CANCEL_IGNORED(
            "io.yardmaster.core.ending.FinalizingGate",
            type -> type.method(named("cancel")).intercept(StubMethod.INSTANCE),
            Wrong.DISOBEYED),
    /** Tasks that come for a paused job let it join the rotation. */
    PAUSE_FORGOTTEN(
            "io.yardmaster.core.admission.Pool",
            type -> type.visit(MemberSubstitution.relaxed()
                    .method(named("isPaused"))
                    .stub()
                    .on(named("grow"))),
            Wrong.DISOBEYED),
    /** Execution managers are not told of cancelled jobs. */
    KILL_SKIPPED(
            "io.yardmaster.topology.KillWriter",
            type -> type.method(named("cancelled")).intercept(StubMethod.INSTANCE),
            Wrong.KILL),

    /** A repeated outcome counts, too. */
    REPEATS_COUNTED(
            "io.yardmaster.core.outcomes.EndedAssignments",
            type -> type.method(named("contains")).intercept(FixedValue.value(false)),
            Wrong.MISCOUNTED),

    /** After a restart the scheduler has forgotten which assignments have ended. */
    ENDS_NOT_STORED(
            "io.yardmaster.core.outcomes.EndedAssignments",
            type -> type.method(named("flush")).intercept(StubMethod.INSTANCE),
            Wrong.MISCOUNTED),

    /** A refused task is not offered again. */
    REFUSED_FORGOTTEN(
            "io.yardmaster.core.outcomes.RefusedTasks",
            type -> type.method(named("add")).intercept(StubMethod.INSTANCE),
            Wrong.LOST),

    /** A refused task is offered again twice. */
    REFUSED_TWICE(
            "io.yardmaster.core.outcomes.RefusedTasks",
            type -> type.visit(Advice.to(Twice.class).on(named("add"))),
            Wrong.DUPLICATED),

    /** The stages that wait for a whole stage may run one outcome before its end. */
    STAGE_ENDS_EARLY(
            "io.yardmaster.core.graph.TaskEnds",
            type -> type.visit(MemberSubstitution.relaxed()
                    .method(named("tasks"))
                    .replaceWith(oneTaskLess())
                    .on(named("endStage"))),
            Wrong.TOO_EARLY),

    /** A task that waits for single tasks may run when the first of them has ended. */
    PARTNERS_NOT_AWAITED(
            "io.yardmaster.core.graph.Judgement",
            type -> type.method(named("runs")).intercept(FixedValue.value(true)),
            Wrong.TOO_EARLY),

    /** A task that has failed is not tried again after its back-off. */
    GRAPH_RETRY_FORGOTTEN(
            "io.yardmaster.core.graph.Retries",
            type -> type.method(named("add")).intercept(StubMethod.INSTANCE),
            Wrong.LOST),

    /** The job of a graph does not fail with its tasks. */
    GRAPH_FAILURE_IGNORED(
            "io.yardmaster.core.graph.Resolver",
            type -> type.method(named("fail")).intercept(StubMethod.INSTANCE),
            Wrong.WRONG_END),

    /** Ends of tasks of a graph are not written at a commit, unless something follows from them. */
    GRAPH_ENDS_NOT_STORED(
            "io.yardmaster.core.graph.Graph",
            type -> type.method(named("touch")).intercept(StubMethod.INSTANCE),
            Wrong.LOST),

    /** A graph ends with its session. */
    GRAPHS_NOT_REVIVED(
            "io.yardmaster.core.graph.GraphLedger",
            type -> type.method(named("beginSession")).intercept(StubMethod.INSTANCE),
            Wrong.LOST),

    /** Execution managers are not told to stop what runs of a graph that has failed. */
    GRAPH_KILL_SKIPPED(
            "io.yardmaster.topology.KillWriter",
            type -> type.method(named("kill")).intercept(StubMethod.INSTANCE),
            Wrong.KILL),

    /** An execution manager commits some assignments as if their outcomes were written. */
    OUTCOMES_SKIPPED(
            "io.yardmaster.client.OutcomeProducer",
            type -> type.visit(Advice.to(Unwritten.class).on(named("write"))),
            Wrong.UNREPORTED),

    /** The end of a task releases twice the units that it holds. */
    LIMIT_RELEASED_TWICE(
            "io.yardmaster.core.limits.Registry",
            type -> type.visit(Advice.to(TwiceReleased.class).on(named("use"))),
            Wrong.LIMIT_EXCEEDED),

    /** The end of a task releases nothing. */
    LIMIT_NEVER_RELEASED(
            "io.yardmaster.core.limits.HeldUnits",
            type -> type.method(named("find")).intercept(StubMethod.INSTANCE),
            Wrong.LOST,
            Wrong.WRONG_END),

    /** An outcome of an assignment that another shard made releases what the assignment of the same number holds here. */
    LIMIT_RELEASED_BY_ANOTHER_SHARD(
            "io.yardmaster.topology.AssignmentIds",
            type -> type.visit(Advice.to(OwnShard.class).on(named("numberOf"))),
            Wrong.LIMIT_EXCEEDED),

    /** Tasks that wait for units are not looked at again when some are released. */
    PARKED_NOT_WOKEN(
            "io.yardmaster.core.limits.Lines",
            type -> type.method(named("released")).intercept(StubMethod.INSTANCE),
            Wrong.LOST,
            Wrong.WRONG_END),

    /** The tasks of a group use nothing of its rate up. */
    RATE_OFF(
            "io.yardmaster.core.limits.RateLimiter",
            type -> type.method(named("take")).intercept(StubMethod.INSTANCE),
            Wrong.RATE_EXCEEDED),

    /** After a restart a group has a whole burst again. */
    RATE_NOT_STORED(
            "io.yardmaster.core.limits.Rates",
            type -> type.method(named("flush")).intercept(StubMethod.INSTANCE),
            Wrong.RATE_EXCEEDED),

    /** A job keeps its place in the rotation when it gets another priority. */
    PRIORITY_IGNORED(
            "io.yardmaster.core.admission.Pool",
            type -> type.method(named("prioritize")).intercept(StubMethod.INSTANCE),
            Wrong.OUT_OF_PRIORITY),

    /** A pool that is paused is dispatched to. */
    POOL_PAUSE_IGNORED(
            "io.yardmaster.topology.policy.PolicyRow",
            type -> type.visit(
                    MemberSubstitution.relaxed().method(named("equals")).stub().on(named("capacityOfPool"))),
            Wrong.LIMIT_EXCEEDED),

    /** The tasks of all pools go to the default one. */
    POOLS_MIXED_UP(
            "io.yardmaster.schemas.TopicNames",
            type -> type.method(named("ofPool")).intercept(FixedValue.argument(0)),
            Wrong.WRONG_POOL);

    private final String className;
    private final Change change;
    private final Set<Wrong> signs;

    Mutation(String className, Change change, Wrong sign, Wrong... otherSigns) {
        this.className = className;
        this.change = change;
        this.signs = EnumSet.of(sign, otherSigns);
    }

    String className() {
        return className;
    }

    /** Returns whether it breaks the execution managers, and not the scheduler. */
    boolean isOfTheFleet() {
        return className.startsWith("io.yardmaster.client.");
    }

    Change change() {
        return change;
    }

    /** The checker must notice at least one of these. */
    public Set<Wrong> signs() {
        return EnumSet.copyOf(signs);
    }

    private static java.lang.reflect.Method oneTaskLess() {
        try {
            return FewerTasks.class.getMethod("of", Object.class, int.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static java.lang.reflect.Method wallClock() {
        try {
            return Time.class.getMethod("milliseconds");
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its body is copied into the method. */
    static final class AllNew {
        private AllNew() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return boolean[] isNew) {
            Arrays.fill(isNew, true);
        }
    }

    /** Its body is copied into the method. */
    static final class FirstAttempt {
        private FirstAttempt() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("UnusedVariable") // the variable assigned here is the method's own parameter
        static void enter(@Advice.Argument(value = 1, readOnly = false) int attempt) {
            attempt = 0;
        }
    }

    /** Its body is copied into the method. */
    static final class TwiceReleased {
        private TwiceReleased() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("UnusedVariable") // the variable assigned here is the method's own parameter
        static void enter(@Advice.Argument(value = 1, readOnly = false) int assignments) {
            assignments = assignments < 0 ? 2 * assignments : assignments;
        }
    }

    /** Its body is copied into the method. */
    static final class OwnShard {
        private OwnShard() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("UnusedVariable") // the variable assigned here is the method's own parameter
        static void enter(@Advice.Argument(0) int shard, @Advice.Argument(value = 1, readOnly = false) long id) {
            id = (id & ((1L << 47) - 1)) | ((long) shard << 47);
        }
    }

    /** Its body is copied into the method: it runs a second time if the number of tasks ever added is odd. */
    static final class Twice {
        private Twice() {}

        @Advice.OnMethodExit(repeatOn = Advice.OnNonDefaultValue.class)
        static boolean exit(@Advice.FieldValue("end") long end) {
            return end % 2 == 1;
        }
    }

    /** Its body is copied into the method: of some outcomes nobody hears. */
    static final class Unwritten {
        private Unwritten() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(0) Object outcome, @Advice.Argument(1) Consumer<Boolean> written) {
            boolean skipped = outcome.hashCode() % 5 == 0;
            if (skipped) {
                written.accept(true);
            }
            return skipped;
        }
    }

    /** Its body is copied into the method. */
    static final class AtLeastOnce {
        private AtLeastOnce() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return Properties settings) {
            settings.put("processing.guarantee", "at_least_once");
            settings.put("commit.interval.ms", 500);
        }
    }
}
