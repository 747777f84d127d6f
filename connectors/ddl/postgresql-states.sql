-- Sets up change data capture of plain tables of tasks and jobs, beside wal_level = logical; adds no table and no
-- column. The names are those of config/postgresql-states.json.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yardmaster') THEN
        CREATE ROLE yardmaster LOGIN PASSWORD 'change-me';
    END IF;
END $$;
ALTER ROLE yardmaster REPLICATION;
GRANT SELECT ON tasks, jobs TO yardmaster;

CREATE PUBLICATION yardmaster_states FOR TABLE tasks, jobs WITH (publish = 'insert, update');

-- With it a change that keeps the state is no event. Without it such a change is one, and the scheduler drops the
-- repeats.
ALTER TABLE tasks REPLICA IDENTITY FULL;
ALTER TABLE jobs REPLICA IDENTITY FULL;
