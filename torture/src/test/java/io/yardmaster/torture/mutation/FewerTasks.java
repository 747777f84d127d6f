package io.yardmaster.torture.mutation;

import java.lang.reflect.Method;

/** A broken way to count the tasks of a stage, which a scheduler's process calls. */
public final class FewerTasks {
    private FewerTasks() {}

    /** One task less than the stage at this place of a block has, if it has several. */
    public static int of(Object block, int place) throws ReflectiveOperationException {
        Method tasks = block.getClass().getDeclaredMethod("tasks", int.class);
        tasks.setAccessible(true);
        return Math.max(1, (int) tasks.invoke(block, place) - 1);
    }
}
