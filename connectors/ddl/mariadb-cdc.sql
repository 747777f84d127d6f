-- Change data capture needs, beside log_bin and binlog_format = ROW, a user who may read the binary log. RELOAD is for the
-- connector's first start, when it locks the database for a moment to read the existing rows.
CREATE USER IF NOT EXISTS 'yardmaster'@'%' IDENTIFIED BY 'change-me';
GRANT RELOAD, REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'yardmaster'@'%';
GRANT SELECT ON yardmaster_outbox TO 'yardmaster'@'%';
