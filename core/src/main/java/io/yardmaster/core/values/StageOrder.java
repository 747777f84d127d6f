package io.yardmaster.core.values;

/** The order of tasks of one job whose stages have the same priority. */
public enum StageOrder {
    /** In the order in which they became ready. */
    ARRIVAL,
    /** First those of the stage from which it is expected to take longest to the end of the job. */
    CRITICAL_PATH
}
