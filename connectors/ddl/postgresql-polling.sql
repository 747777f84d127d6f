-- Polling of the outbox needs a user who may read it.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yardmaster') THEN
        CREATE ROLE yardmaster LOGIN PASSWORD 'change-me';
    END IF;
END $$;
GRANT SELECT ON yardmaster_outbox TO yardmaster;
