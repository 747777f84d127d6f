package io.yardmaster.core.values;

/** Between whom the rotation is fair (S15). */
public enum Fairness {
    /** One level: every active job gets one task a cycle. */
    JOB,
    /** Two levels: every resource group with active jobs gets one task a cycle, its jobs take it in turn. */
    RESOURCE_GROUP
}
