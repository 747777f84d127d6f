package io.yardmaster.torture.mutation;

import io.yardmaster.torture.process.JumpingClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.apache.kafka.common.utils.Time;

/** Changed classes of the scheduler in a directory, to be put before its own on the class path of a process. */
public final class Patches {
    private static final String SERVICE = "io.yardmaster.topology.SchedulerService";

    private Patches() {}

    /** What a mutation makes of a class. */
    interface Change {
        DynamicType.Builder<?> of(DynamicType.Builder<?> original);
    }

    /** The scheduler as it is, on a wall clock that can be set from outside. */
    public static Path clock(Path directory) {
        return write(
                directory,
                SERVICE,
                builder -> builder.visit(Advice.to(InjectClock.class)
                        .on(ElementMatchers.isConstructor().and(ElementMatchers.takesArguments(2)))));
    }

    /** The same, and broken. */
    public static Path mutation(Path directory, Mutation mutation) {
        clock(directory);
        return write(directory, mutation.className(), mutation.change());
    }

    private static Path write(Path directory, String className, Change change) {
        ClassFileLocator files = ClassFileLocator.ForClassLoader.ofSystemLoader();
        TypeDescription type = TypePool.Default.of(files).describe(className).resolve();
        try (DynamicType.Unloaded<?> changed =
                change.of(new ByteBuddy().redefine(type, files)).make()) {
            changed.saveIn(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory;
    }

    /** Is copied into the constructor. */
    static final class InjectClock {
        private InjectClock() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("UnusedVariable") // what is assigned here is the constructor's own parameter
        static void enter(@Advice.Argument(value = 1, readOnly = false) Time wallClock) {
            wallClock = new JumpingClock();
        }
    }
}
