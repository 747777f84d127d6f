package io.yardmaster.torture.mutation;

/** A broken way to count the tasks of a stage, which a scheduler's process calls. */
public final class FewerTasks {
    private FewerTasks() {}

    /** One task less than the stage of a graph has, if it has several. */
    public static int of(Object stage) throws ReflectiveOperationException {
        int tasks = (int) stage.getClass().getMethod("tasks").invoke(stage);
        return Math.max(1, tasks - 1);
    }
}
