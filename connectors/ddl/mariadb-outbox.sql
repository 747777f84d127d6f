-- The outbox: the transaction that makes a task ready inserts a row here.

-- The storage's incarnation number, in one row.
CREATE TABLE yardmaster_session (
    one tinyint PRIMARY KEY DEFAULT 1 CHECK (one = 1),
    session_id bigint NOT NULL CHECK (session_id >= 0)
) ENGINE = InnoDB;
INSERT INTO yardmaster_session (session_id) VALUES (0);

-- Rows are checked by the connector, so that a mistake in one does not fail the transaction that made it.
CREATE TABLE yardmaster_outbox (
    id bigint PRIMARY KEY AUTO_INCREMENT,
    lane varchar(16) DEFAULT 'ready',      -- ready, commit, cleanup or graph
    resource_group_id bigint DEFAULT 0,
    job_id bigint,
    task_index integer,                    -- of a ready task
    attempt integer DEFAULT 0,             -- of a ready task
    has_task boolean DEFAULT true,         -- of a cleanup: false if the job has ended and there is nothing to run
    graph longtext,                        -- of a graph: the stages of a whole job, as JSON
    session_id bigint,                     -- filled in by the trigger
    created_at timestamp(3) NOT NULL DEFAULT current_timestamp(3)
) ENGINE = InnoDB;

-- Stamps rows with the session. The lock makes a restart wait for the transactions that are stamped already, and later
-- ones wait for the restart: so the restarted storage sees every row committed with the old session.
DELIMITER //
CREATE TRIGGER yardmaster_stamp BEFORE INSERT ON yardmaster_outbox FOR EACH ROW
BEGIN
    DECLARE present bigint;
    IF NEW.session_id IS NULL THEN
        SELECT session_id INTO present FROM yardmaster_session WHERE one = 1 LOCK IN SHARE MODE;
        SET NEW.session_id = present;
    END IF;
END//

-- Storage calls this when it starts, and then inserts rows for all ready tasks, because the scheduler forgets those of
-- older sessions. The row inserted here tells the scheduler at once: job -1 has ended, and it had nothing to run.
CREATE PROCEDURE yardmaster_restart()
BEGIN
    START TRANSACTION;
    UPDATE yardmaster_session SET session_id = session_id + 1;
    INSERT INTO yardmaster_outbox (lane, job_id, has_task) VALUES ('cleanup', -1, false);
    COMMIT;
    SELECT session_id FROM yardmaster_session;
END//
DELIMITER ;
