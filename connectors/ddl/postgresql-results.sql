-- What became of tasks and jobs. The connector of postgresql-results.json writes these tables; anybody may read them, have triggers on
-- them, and delete rows of jobs that are over.

-- How the last attempt at a task ended, in each session. An end is SUCCEEDED, FAILED or KILLED; a REFUSED task was not run, and is
-- offered again.
CREATE TABLE yardmaster_outcomes (
    job_id bigint NOT NULL,
    task_index integer NOT NULL,           -- -1 of a commit or cleanup task
    kind varchar(16) NOT NULL,             -- TASK, COMMIT or CLEANUP
    session_id bigint NOT NULL,
    resource_group_id bigint NOT NULL,
    attempt integer NOT NULL,
    result varchar(16) NOT NULL,
    reason text NOT NULL,
    started_at timestamptz NOT NULL,       -- by the clock of the execution manager, as ended_at
    ended_at timestamptz NOT NULL,
    worker text NOT NULL,
    assignment_id bigint NOT NULL,
    PRIMARY KEY (job_id, task_index, kind, session_id)
);
CREATE INDEX yardmaster_outcomes_ended ON yardmaster_outcomes (ended_at);

-- What became of a job. Counts are of its tasks, each by its newest session; state, reason, priority and the results of the finalizing
-- tasks hold for the job's newest session.
CREATE TABLE yardmaster_jobs (
    job_id bigint PRIMARY KEY,
    resource_group_id bigint NOT NULL,     -- -1 until it is known
    session_id bigint NOT NULL,
    state varchar(16) NOT NULL,            -- RUNNING, PAUSED, COMMITTING, COMMITTED, COMMIT_FAILED, CLEANING_UP, CLEANED_UP,
                                           -- CLEANUP_FAILED, CANCELLED or ENDED; of a graph also SUCCEEDED, FAILED or REFUSED
    phase varchar(16) NOT NULL,            -- for the connector: the last step that the scheduler told of
    paused boolean NOT NULL,
    priority integer NOT NULL,
    reason text NOT NULL,                  -- of a cancel, pause or resume, or of a graph that failed or was refused
    asked_by text NOT NULL,                -- by whom
    commit_result varchar(16),
    cleanup_result varchar(16),
    dispatched bigint NOT NULL,            -- assignments of tasks; 0 unless the scheduler has events=tasks
    succeeded bigint NOT NULL,
    failed bigint NOT NULL,
    killed bigint NOT NULL,
    began_at timestamptz,                  -- the first task was ready
    first_dispatched_at timestamptz,       -- NULL unless the scheduler has events=tasks
    first_started_at timestamptz,
    last_ended_at timestamptz,
    changed_at timestamptz,                -- when the scheduler last told of a step, pause or resume
    event_offset bigint NOT NULL,          -- for the connector: the last event that is in this row
    event_at timestamptz
);

-- For the connector: the next record of each topic that is not in the tables.
CREATE TABLE yardmaster_positions (
    topic varchar(249) NOT NULL,
    topic_partition integer NOT NULL,
    next_offset bigint NOT NULL,
    lost bigint NOT NULL DEFAULT 0,        -- offsets that Kafka deleted before they were in the tables; may be set to 0
    PRIMARY KEY (topic, topic_partition)
);

-- How each task ended, once, whatever the number of sessions.
CREATE VIEW yardmaster_tasks AS
SELECT * FROM yardmaster_outcomes o
WHERE NOT EXISTS (
    SELECT 1 FROM yardmaster_outcomes newer
    WHERE newer.job_id = o.job_id AND newer.task_index = o.task_index AND newer.kind = o.kind
        AND newer.session_id > o.session_id);

-- Which tasks failed today, why and where?
CREATE VIEW yardmaster_failed_today AS
SELECT job_id, task_index, kind, resource_group_id, attempt, result, reason, worker, ended_at
FROM yardmaster_tasks
WHERE result IN ('FAILED', 'KILLED') AND ended_at >= current_date;

-- How far is each job, how long did it wait for its first task to run, and how long does it take?
CREATE VIEW yardmaster_progress AS
SELECT job_id, resource_group_id, state, succeeded, failed, killed,
    extract(epoch FROM coalesce(first_dispatched_at, first_started_at) - began_at) AS waited_seconds,
    extract(epoch FROM last_ended_at - first_started_at) AS ran_seconds,
    reason
FROM yardmaster_jobs;

-- How long did the jobs of each resource group wait for their first task to run?
CREATE VIEW yardmaster_group_waits AS
SELECT resource_group_id, count(*) AS jobs, avg(waited_seconds) AS average_seconds, max(waited_seconds) AS longest_seconds
FROM yardmaster_progress
WHERE waited_seconds IS NOT NULL
GROUP BY resource_group_id;

-- Which execution manager did how much today, and how much of that failed?
CREATE VIEW yardmaster_workers_today AS
SELECT worker, count(*) AS tasks, count(CASE WHEN result = 'FAILED' THEN 1 END) AS failed,
    sum(extract(epoch FROM ended_at - started_at)) AS busy_seconds, max(ended_at) AS last_ended_at
FROM yardmaster_tasks
WHERE result <> 'REFUSED' AND ended_at >= current_date
GROUP BY worker;

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yardmaster') THEN
        CREATE ROLE yardmaster LOGIN PASSWORD 'change-me';
    END IF;
END $$;
GRANT SELECT, INSERT, UPDATE ON yardmaster_outcomes, yardmaster_jobs, yardmaster_positions TO yardmaster;
