package io.yardmaster.connectors.event;

import java.util.List;

/** The columns of the outbox table that make an event; every outbox has all but {@link #GRAPH}. */
public final class OutboxColumns {
    public static final String LANE = "lane";
    static final String GROUP = "resource_group_id";
    public static final String JOB = "job_id";
    static final String SESSION = "session_id";
    static final String INDEX = "task_index";
    static final String ATTEMPT = "attempt";
    public static final String HAS_TASK = "has_task";

    /** An older outbox may lack this column: its rows are no graphs. */
    public static final String GRAPH = "graph";

    public static final List<String> ALL = List.of(LANE, GROUP, JOB, SESSION, INDEX, ATTEMPT, HAS_TASK);

    private OutboxColumns() {}
}
