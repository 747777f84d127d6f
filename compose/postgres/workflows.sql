-- A small storage: it knows the task graphs, and tells the scheduler through the outbox which tasks are ready. Runs once,
-- when the database is made.

CREATE TABLE jobs (
    job_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    resource_group_id bigint NOT NULL,
    name text NOT NULL,
    submitted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
);

CREATE TABLE tasks (
    job_id bigint NOT NULL REFERENCES jobs,
    task_index integer NOT NULL,
    name text NOT NULL,
    seconds double precision NOT NULL,
    waits_for integer NOT NULL,            -- number of its predecessors that are not done
    done_at timestamptz,
    worker text,
    PRIMARY KEY (job_id, task_index),
    UNIQUE (job_id, name)
);

CREATE TABLE successors (
    job_id bigint NOT NULL,
    task_index integer NOT NULL,
    successor integer NOT NULL,
    PRIMARY KEY (job_id, task_index, successor)
);

-- Submits a workflow, such as '[{"task": "fetch"}, {"task": "load", "after": ["fetch"], "seconds": 2}]', and returns the
-- number of its job. Tasks without predecessors are ready when the transaction commits.
CREATE FUNCTION submit(workflow text, resource_group bigint, graph jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    job bigint;
BEGIN
    INSERT INTO jobs (resource_group_id, name) VALUES (resource_group, workflow) RETURNING job_id INTO job;

    INSERT INTO tasks (job_id, task_index, name, seconds, waits_for)
    SELECT job, position - 1, node ->> 'task', coalesce((node ->> 'seconds')::double precision, 0),
        jsonb_array_length(coalesce(node -> 'after', '[]'))
    FROM jsonb_array_elements(graph) WITH ORDINALITY AS nodes (node, position);

    INSERT INTO successors (job_id, task_index, successor)
    SELECT job, parent.task_index, child.task_index
    FROM jsonb_array_elements(graph) AS nodes (node)
        CROSS JOIN jsonb_array_elements_text(coalesce(node -> 'after', '[]')) AS parents (name)
        JOIN tasks child ON child.job_id = job AND child.name = node ->> 'task'
        JOIN tasks parent ON parent.job_id = job AND parent.name = parents.name;

    IF (SELECT sum(waits_for) FROM tasks WHERE job_id = job) <> (SELECT count(*) FROM successors WHERE job_id = job) THEN
        RAISE EXCEPTION 'workflow %: a task comes after one that is not there, or twice after the same', workflow;
    END IF;

    INSERT INTO yardmaster_outbox (resource_group_id, job_id, task_index)
    SELECT resource_group, job, task_index FROM tasks WHERE job_id = job AND waits_for = 0 ORDER BY task_index;
    RETURN job;
END $$;

-- A task is done: tasks that waited for it alone are ready now, and after the last one the job can be committed. A second call
-- changes nothing, because execution managers may work on an assignment again.
CREATE FUNCTION finish_task(job bigint, task integer, by_worker text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    resource_group bigint;
BEGIN
    -- Locks the job: otherwise neither of the last two tasks might see that all are done.
    SELECT resource_group_id INTO STRICT resource_group FROM jobs WHERE job_id = job FOR UPDATE;

    UPDATE tasks SET done_at = clock_timestamp(), worker = by_worker
    WHERE job_id = job AND task_index = task AND done_at IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;

    WITH released AS (
        UPDATE tasks SET waits_for = waits_for - 1
        FROM successors
        WHERE successors.job_id = job AND successors.task_index = task
            AND tasks.job_id = job AND tasks.task_index = successor
        RETURNING tasks.task_index, waits_for
    )
    INSERT INTO yardmaster_outbox (resource_group_id, job_id, task_index)
    SELECT resource_group, job, task_index FROM released WHERE waits_for = 0 ORDER BY task_index;

    IF NOT EXISTS (SELECT FROM tasks WHERE job_id = job AND done_at IS NULL) THEN
        INSERT INTO yardmaster_outbox (lane, resource_group_id, job_id) VALUES ('commit', resource_group, job);
    END IF;
END $$;

-- The job's commit task is done.
CREATE FUNCTION finish_job(job bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE jobs SET finished_at = clock_timestamp() WHERE job_id = job AND finished_at IS NULL;
$$;

CREATE VIEW progress AS
SELECT job_id, jobs.name, count(*) AS tasks, count(done_at) AS done, count(DISTINCT worker) AS workers,
    finished_at IS NOT NULL AS finished, coalesce(finished_at, clock_timestamp()) - submitted_at AS took
FROM jobs JOIN tasks USING (job_id)
GROUP BY job_id
ORDER BY job_id;
