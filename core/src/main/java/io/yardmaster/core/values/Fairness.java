package io.yardmaster.core.values;

/** The levels at which the rotation is fair (S15). */
public enum Fairness {
    /** One level: every active job gets one task a cycle. */
    JOB,
    /** Two levels: every resource group with active jobs gets one task a cycle, and its jobs take turns to provide it. */
    RESOURCE_GROUP
}
