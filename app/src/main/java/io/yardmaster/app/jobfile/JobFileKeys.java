package io.yardmaster.app.jobfile;

import java.util.List;

/** The keys of a job's file. The schema in {@code docs/job.schema.json} has the same ones. */
final class JobFileKeys {
    static final String JOB = "job";
    static final String GROUP = "group";
    static final String PRIORITY = "priority";
    static final String ON_FAILURE = "on_failure";
    static final String STAGES = "stages";

    static final String TASKS = "tasks";
    static final String AFTER = "after";
    static final String WHEN = "when";
    static final String RUN = "run";
    static final String ATTEMPTS = "attempts";
    static final String BACKOFF = "backoff";
    static final String TIMEOUT = "timeout";
    static final String NEEDS = "needs";
    static final String POOL = "pool";
    static final String LABELS = "labels";
    static final String GANG = "gang";

    static final String STAGE = "stage";
    static final String EACH = "each";

    static final List<String> OF_JOB = List.of(JOB, GROUP, PRIORITY, ON_FAILURE, STAGES);
    static final List<String> OF_STAGE =
            List.of(TASKS, AFTER, WHEN, RUN, ATTEMPTS, BACKOFF, TIMEOUT, PRIORITY, NEEDS, POOL, LABELS, GANG);
    static final List<String> OF_DEPENDENCY = List.of(STAGE, EACH);

    private JobFileKeys() {}
}
