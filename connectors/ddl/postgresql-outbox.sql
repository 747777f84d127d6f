-- The outbox: the transaction that makes a task ready inserts a row here.

-- The storage's incarnation number, in one row.
CREATE TABLE yardmaster_session (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    session_id bigint NOT NULL CHECK (session_id >= 0)
);
INSERT INTO yardmaster_session (session_id) VALUES (0);

-- Rows are checked by the connector, so that a mistake in one does not fail the transaction that made it.
CREATE TABLE yardmaster_outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lane text DEFAULT 'ready',             -- ready, commit, cleanup or graph
    resource_group_id bigint DEFAULT 0,
    job_id bigint,
    task_index integer,                    -- of a ready task
    attempt integer DEFAULT 0,             -- of a ready task
    has_task boolean DEFAULT true,         -- of a cleanup: false if the job has ended and there is nothing to run
    graph text,                            -- of a graph: the stages of a whole job, as JSON
    session_id bigint,                     -- filled in by the trigger
    created_at timestamptz DEFAULT now(),
    transaction_id bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint
);
CREATE INDEX yardmaster_outbox_transaction ON yardmaster_outbox (transaction_id, id);

-- Stamps rows with the session. Roles that insert rows need INSERT on the outbox and, for the lock, SELECT and UPDATE
-- on yardmaster_session. The lock makes a restart wait for the transactions that are stamped already, and later ones
-- wait for the restart: so the restarted storage sees every row committed with the old session.
CREATE FUNCTION yardmaster_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.session_id IS NULL THEN
        SELECT session_id INTO STRICT NEW.session_id FROM yardmaster_session FOR SHARE;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER yardmaster_stamp BEFORE INSERT ON yardmaster_outbox
    FOR EACH ROW EXECUTE FUNCTION yardmaster_stamp();

-- Storage calls this when it starts, and then inserts rows for all ready tasks, because the scheduler forgets those of
-- older sessions. The row inserted here tells the scheduler at once: job -1 has ended, and it had nothing to run.
CREATE FUNCTION yardmaster_restart() RETURNS bigint LANGUAGE sql AS $$
    UPDATE yardmaster_session SET session_id = session_id + 1;
    INSERT INTO yardmaster_outbox (lane, job_id, has_task) VALUES ('cleanup', -1, false) RETURNING session_id;
$$;
