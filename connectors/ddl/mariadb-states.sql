-- Sets up change data capture of plain tables of tasks and jobs, beside log_bin and binlog_format = ROW; adds no table
-- and no column. The names are those of config/mariadb-states.json.
CREATE USER IF NOT EXISTS 'yardmaster'@'%' IDENTIFIED BY 'change-me';
GRANT RELOAD, REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'yardmaster'@'%';
GRANT SELECT ON tasks TO 'yardmaster'@'%';
GRANT SELECT ON jobs TO 'yardmaster'@'%';
