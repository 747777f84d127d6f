package io.yardmaster.core.jobs;

import io.yardmaster.core.values.GraphProgress;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.Run;
import java.util.List;

/** The knowledge that the graph of a job has of its tasks. */
public interface GraphTasks {
    /** The stage of a task. */
    GraphStage stageOf(int index);

    /** The rank of a task in its queue. */
    int rankOf(int index);

    /** The progress of the graph, with at most {@code limit} of its stages. */
    GraphProgress progress(int limit);

    /** Returns true if this attempt of a task was certainly made ready in this session; if not, the job's seen tasks tell. */
    boolean hasSeen(int index, int attempt);

    /** Returns whether this attempt is the latest of the task, and has not ended. */
    boolean awaits(int index, int attempt);

    /** Returns whether a refused task is to be offered again; if its stage was stopped, it will be killed. */
    boolean offersAgain(int index, int attempt);

    /**
     * The tasks to offer now that a refused one may be offered again. This is the task alone, unless it is of a gang that was given back before
     * it had hosts: then there are none until all of the gang are back, and all of them with the last one (P5).
     *
     * @param placed false if the task had no host
     */
    List<Run> offeredWith(int index, int attempt, boolean placed);
}
