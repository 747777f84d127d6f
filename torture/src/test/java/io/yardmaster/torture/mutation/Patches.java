package io.yardmaster.torture.mutation;

import io.yardmaster.torture.process.JumpingClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.apache.kafka.common.utils.Time;

/** Changed classes of the scheduler in a directory, which goes before its own on the class path of a process. */
public final class Patches {
    private static final String SERVICE = "io.yardmaster.topology.SchedulerService";
    private static final String PLANNER = "io.yardmaster.core.placement.Planner";
    private static final ClassFileLocator FILES = ClassFileLocator.ForClassLoader.ofSystemLoader();

    private Patches() {}

    /** The change that a mutation makes to a class. */
    interface Change {
        DynamicType.Builder<?> of(DynamicType.Builder<?> original);
    }

    /** The scheduler unchanged, but on a wall clock that can be set from outside. */
    public static Path clock(Path directory) {
        ElementMatcher.Junction<MethodDescription> takesClock =
                ElementMatchers.<MethodDescription>isConstructor().and(ElementMatchers.takesArgument(1, Time.class));
        if (described(SERVICE).getDeclaredMethods().filter(takesClock).isEmpty()) {
            throw new IllegalStateException(SERVICE + " takes no clock as its second argument any more");
        }
        return write(
                directory,
                SERVICE,
                builder -> builder.visit(Advice.to(InjectClock.class).on(takesClock)));
    }

    /** The same clock, and each plan takes a while, so that a scheduler that has work to place dies in the middle of a plan. */
    public static Path slowPlans(Path directory) {
        clock(directory);
        ElementMatcher.Junction<MethodDescription> plan =
                ElementMatchers.<MethodDescription>named("plan").and(ElementMatchers.takesArguments(3));
        if (described(PLANNER).getDeclaredMethods().filter(plan).isEmpty()) {
            throw new IllegalStateException(PLANNER + " has no method that can be cancelled any more");
        }
        return write(
                directory,
                PLANNER,
                builder -> builder.visit(Advice.to(Slow.class).on(plan)));
    }

    /** The same clock, and a broken scheduler. */
    public static Path mutation(Path directory, Mutation mutation) {
        clock(directory);
        if (Arrays.equals(bytes(mutation.className(), mutation.change()), bytes(mutation.className(), same -> same))) {
            throw new IllegalStateException(mutation + " changes nothing in " + mutation.className() + " any more");
        }
        return write(directory, mutation.className(), mutation.change());
    }

    private static TypeDescription described(String className) {
        return TypePool.Default.of(FILES).describe(className).resolve();
    }

    private static byte[] bytes(String className, Change change) {
        try (DynamicType.Unloaded<?> changed = changed(className, change)) {
            return changed.getBytes();
        }
    }

    private static DynamicType.Unloaded<?> changed(String className, Change change) {
        return change.of(new ByteBuddy().redefine(described(className), FILES)).make();
    }

    private static Path write(Path directory, String className, Change change) {
        try (DynamicType.Unloaded<?> changed = changed(className, change)) {
            changed.saveIn(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory;
    }

    /** Its body is copied into the method. */
    static final class Slow {
        private Slow() {}

        @Advice.OnMethodEnter
        static void enter() {
            LockSupport.parkNanos(200_000_000L);
        }
    }

    /** Its body is copied into the constructor. */
    static final class InjectClock {
        private InjectClock() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("UnusedVariable") // the variable assigned here is the constructor's own parameter
        static void enter(@Advice.Argument(value = 1, readOnly = false) Time wallClock) {
            wallClock = new JumpingClock();
        }
    }
}
