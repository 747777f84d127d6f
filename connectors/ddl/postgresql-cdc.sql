-- Sets up change data capture of the outbox, beside wal_level = logical. Run it before the first row: from then on
-- PostgreSQL keeps the log that the connector has not yet read, also while no connector runs.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yardmaster') THEN
        CREATE ROLE yardmaster LOGIN PASSWORD 'change-me';
    END IF;
END $$;
ALTER ROLE yardmaster REPLICATION;
GRANT SELECT ON yardmaster_outbox TO yardmaster;

-- Only inserts are captured, so rows may be deleted at any time.
CREATE PUBLICATION yardmaster FOR TABLE yardmaster_outbox WITH (publish = 'insert');
SELECT pg_create_logical_replication_slot('yardmaster', 'pgoutput');
