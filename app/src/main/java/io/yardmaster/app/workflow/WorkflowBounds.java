package io.yardmaster.app.workflow;

/**
 * Bounds of the workflows that are held at once, as those of one command are: together they have at most as many tasks and
 * dependencies as one may have.
 */
public final class WorkflowBounds {
    static final int MOST_TASKS = 500_000;
    static final int MOST_LINKS = 4_000_000;

    private final int mostTasks;
    private final int mostLinks;
    private String file = "";
    private int files;
    private int tasks;
    private int runtimes;
    private int links;

    /** Begins before anything was read. */
    public WorkflowBounds() {
        this(MOST_TASKS, MOST_LINKS);
    }

    WorkflowBounds(int mostTasks, int mostLinks) {
        this.mostTasks = mostTasks;
        this.mostLinks = mostLinks;
    }

    /** Counts tasks and dependencies of this file from now on. */
    void begin(String next) {
        file = next;
        files++;
    }

    void task() {
        requireTasks(++tasks);
    }

    /** Counts the runtime of a task that is, or should be, specified elsewhere in the file. */
    void runtime() {
        requireTasks(++runtimes);
    }

    private void requireTasks(int count) {
        if (count > mostTasks) {
            throw new InputTooLargeException("%s: has%s more than %s tasks, the most that are read of %s"
                    .formatted(file, withOthers(), mostTasks, files == 1 ? "a workflow" : "all workflows together"));
        }
    }

    /** Counts an element of a list of parents or children. */
    void link() {
        if (++links > mostLinks) {
            throw new InputTooLargeException(
                    "%s: the lists of parents and children have%s more than %s entries together, the most that are read"
                            .formatted(file, withOthers(), mostLinks));
        }
    }

    private String withOthers() {
        return files == 1 ? "" : ", with those of the files before it,";
    }
}
