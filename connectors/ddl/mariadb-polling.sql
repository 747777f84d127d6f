-- Polling of the outbox needs the number of the batch in which a row was sent, and the newest of these numbers.
-- Rows of batches before the newest are sent, once the connector has caught up; they may be deleted after a while.
ALTER TABLE yardmaster_outbox ADD COLUMN batch bigint NULL, ADD INDEX yardmaster_outbox_batch (batch, id);
CREATE TABLE yardmaster_poll (
    one tinyint PRIMARY KEY DEFAULT 1 CHECK (one = 1),
    batch bigint NOT NULL
) ENGINE = InnoDB;
INSERT INTO yardmaster_poll (batch) VALUES (0);

CREATE USER IF NOT EXISTS 'yardmaster'@'%' IDENTIFIED BY 'change-me';
GRANT SELECT, UPDATE ON yardmaster_outbox TO 'yardmaster'@'%';
GRANT SELECT, UPDATE ON yardmaster_poll TO 'yardmaster'@'%';
