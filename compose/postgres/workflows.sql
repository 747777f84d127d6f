-- A small storage: it knows the task graphs, tells the scheduler through the outbox which tasks are ready, and learns from
-- yardmaster_outcomes which are done. Runs once, when the database is made.

CREATE TABLE jobs (
    job_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    resource_group_id bigint NOT NULL,
    name text NOT NULL,
    submitted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE tasks (
    job_id bigint NOT NULL REFERENCES jobs,
    task_index integer NOT NULL,
    name text NOT NULL,
    seconds double precision NOT NULL,
    waits_for integer NOT NULL,            -- number of its predecessors that are not done
    done boolean NOT NULL DEFAULT false,
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
-- changes nothing.
CREATE FUNCTION finish_task(job bigint, task integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    resource_group bigint;
BEGIN
    -- Locks the job: otherwise neither of the last two tasks might see that all are done.
    SELECT resource_group_id INTO STRICT resource_group FROM jobs WHERE job_id = job FOR UPDATE;

    UPDATE tasks SET done = true WHERE job_id = job AND task_index = task AND NOT done;
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

    IF NOT EXISTS (SELECT FROM tasks WHERE job_id = job AND NOT done) THEN
        INSERT INTO yardmaster_outbox (lane, resource_group_id, job_id) VALUES ('commit', resource_group, job);
    END IF;
END $$;

-- Runs in the transaction in which the connector writes the outcome, with this storage's rights instead of the connector's.
CREATE FUNCTION learn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM finish_task(NEW.job_id, NEW.task_index);
    RETURN NULL;
END $$;
CREATE TRIGGER learn AFTER INSERT OR UPDATE ON yardmaster_outcomes
    FOR EACH ROW WHEN (NEW.kind = 'TASK' AND NEW.result = 'SUCCEEDED') EXECUTE FUNCTION learn();

CREATE VIEW progress AS
SELECT job_id, jobs.name, count(*) AS tasks, count(ended.job_id) AS done, count(DISTINCT ended.worker) AS workers,
    coalesce(state = 'COMMITTED', false) AS finished, coalesce(last_ended_at, clock_timestamp()) - submitted_at AS took
FROM jobs JOIN tasks USING (job_id)
    LEFT JOIN yardmaster_jobs USING (job_id)
    LEFT JOIN (SELECT * FROM yardmaster_tasks WHERE result = 'SUCCEEDED') ended USING (job_id, task_index)
GROUP BY job_id, state, last_ended_at
ORDER BY job_id;
