package io.yardmaster.topology;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.Booking;
import io.yardmaster.core.placement.PlacementPolicy;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.StubMethod;

/** Ways to break placement, each of which the simulation must notice. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes their contents
enum PlacementMutation {
    /** A host that has started anew keeps the tasks that it had before: nobody hears that they are lost. */
    DEAD_INCARNATION_KEEPS_TASKS(
            "HeartbeatAnswer",
            type -> type.method(named("released")).intercept(MethodCall.invoke(emptyList())),
            "P4: no kill of"),
    /** The end of one task frees all of its host. */
    ALL_RELEASED("HostEntry", type -> type.visit(Advice.to(ReleaseAll.class).on(named("remove"))), "P1: ", "booked on"),
    /** The end of a task leaves its amounts booked. */
    AMOUNTS_NEVER_RELEASED(
            "HostEntry",
            type -> type.visit(MemberSubstitution.relaxed()
                    .method(named("minus"))
                    .replaceWithMethod(named("plus").and(takesArguments(1)))
                    .on(named("remove"))),
            "of peace these jobs have not ended"),
    /** A task keeps its place after its end. */
    PLACE_NEVER_RELEASED(
            "PoolPlacement",
            type -> type.method(named("ended")).intercept(StubMethod.INSTANCE),
            "of peace these jobs have not ended"),
    /** A gang of which a part may not start any more starts without it. */
    GANG_IN_PARTS(
            "Reconciler",
            type -> type.visit(MemberSubstitution.relaxed()
                    .method(named("gangSize"))
                    .stub()
                    .on(named("checkPlaces"))),
            "P5: a part of a gang has started"),
    /** A task that was given back, as its job was cancelled or paused, waits on. */
    WITHDRAWN_WAITS_ON(
            "WaitingUnits",
            type -> type.visit(MemberSubstitution.relaxed()
                    .method(named("remove").and(takesArguments(2)))
                    .stub()
                    .on(named("withdraw").or(named("recall")))),
            "P3: does not wait",
            "for no reason placement wrote"),
    /** A task that has got a place waits on. */
    PLACED_WAITS_ON(
            "PoolPlacement",
            type -> type.visit(MemberSubstitution.relaxed()
                    .method(named("remove").and(takesArguments(2)))
                    .stub()
                    .on(named("apply"))),
            "P3: does not wait"),
    /** The state does not have what came since the last failover. */
    NOT_STORED(
            "StoredBatches",
            type -> type.method(named("store")).intercept(StubMethod.INSTANCE),
            "P4: no kill of",
            "not given back",
            "of peace these jobs have not ended"),
    /** A host that is silent gets tasks. */
    SILENCE_UNNOTICED(
            "HostEntry",
            type -> type.method(named("isSilent")).intercept(FixedValue.value(false)),
            "P4: the host is silent"),
    /** A host that is silent loses its tasks at once. */
    RELEASED_EARLY(
            "HostTable",
            type -> type.visit(MemberSubstitution.relaxed()
                    .method(named("safetyMs"))
                    .stub()
                    .on(named("release"))),
            "P4: has lost its place for no reason",
            "P4: refused"),
    /** Labels do not matter. */
    LABELS_IGNORED(
            "Requirement",
            type -> type.method(named("suits")).intercept(FixedValue.value(true)),
            "P1: the host's labels do not fit"),
    /** Assignments that a host still runs are deleted with those that have ended. */
    RUNNING_DELETED(
            "PlacementView",
            type -> type.method(named("placed")).intercept(MethodCall.invoke(emptyMap())),
            "its host may still need"),
    /** Each task may lose its place. */
    ANYONE_PREEMPTED(
            "Booking",
            type -> type.method(named("preemptible")).intercept(FixedValue.value(true)),
            "preempted although it must not be"),
    /** A task may lose its place to one of the same priority. */
    EQUALS_PREEMPTED(
            "Booking",
            type -> type.method(named("priority")).intercept(FixedValue.value(Integer.MIN_VALUE)),
            "preempted with priority"),
    /** A part of a gang may lose its places. */
    GANG_PREEMPTED_IN_PARTS(
            "Preemption$Gang",
            type -> type.method(named("equals")).intercept(FixedValue.value(false)),
            "preempted without the rest of its gang"),
    /** Any number of tasks may lose their places. */
    PREEMPTIONS_UNLIMITED(
            "Preemptions", type -> type.visit(Advice.to(Unlimited.class).on(named("policy"))), "in a minute were"),
    /** Nobody hears of it when a task has lost its place to another one. */
    PREEMPTED_UNTOLD(
            "Preemptions",
            type -> type.visit(MemberSubstitution.relaxed()
                    .method(named("preempted").and(takesArguments(3)))
                    .stub()
                    .on(named("take"))),
            "P1: ",
            "booked on");

    private final String className;
    private final UnaryOperator<DynamicType.Builder<?>> change;
    private final List<String> signs;

    /** @param signs at least one of which is in the message of the simulation */
    PlacementMutation(String simpleName, UnaryOperator<DynamicType.Builder<?>> change, String... signs) {
        this.className = Booking.class.getPackageName() + "." + simpleName;
        this.change = change;
        this.signs = List.of(signs);
    }

    /** Loads the simulation with the broken class. */
    ClassLoader load() {
        return new ChangedClasses(className, change);
    }

    List<String> signs() {
        return signs;
    }

    private static java.lang.reflect.Method emptyList() {
        try {
            return List.class.getMethod("of");
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static java.lang.reflect.Method emptyMap() {
        try {
            return Map.class.getMethod("of");
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its body is copied in place of the method's. */
    static final class ReleaseAll {
        private ReleaseAll() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        @SuppressWarnings("UnusedVariable") // the variables assigned here are fields
        static boolean enter(
                @Advice.Argument(0) Booking booking,
                @Advice.FieldValue("bookings") Map<?, ?> bookings,
                @Advice.FieldValue(value = "booked", readOnly = false) Amounts booked,
                @Advice.FieldValue(value = "shared", readOnly = false) List<?> shared) {
            bookings.remove(booking.task());
            booked = Amounts.NONE;
            shared = null;
            return true;
        }
    }

    /** Its body is copied into the method. */
    static final class Unlimited {
        private Unlimited() {}

        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // the variable assigned here is what the method returns
        static void exit(@Advice.Return(readOnly = false) PlacementPolicy policy) {
            policy = policy.withPreemption(10_000);
        }
    }
}
