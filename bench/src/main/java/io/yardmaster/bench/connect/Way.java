package io.yardmaster.bench.connect;

/** A database and the way in which its outbox is read. */
enum Way {
    POSTGRESQL_CDC("postgresql", "cdc"),
    MARIADB_CDC("mariadb", "cdc"),
    POSTGRESQL_POLLING("postgresql", "polling"),
    MARIADB_POLLING("mariadb", "polling");

    private final String database;
    private final String mode;

    Way(String database, String mode) {
        this.database = database;
        this.mode = mode;
    }

    boolean isPostgres() {
        return database.equals("postgresql");
    }

    String outboxDdl() {
        return database + "-outbox.sql";
    }

    String modeDdl() {
        return "%s-%s.sql".formatted(database, mode);
    }

    String resultsDdl() {
        return database + "-results.sql";
    }

    String resultsConfig() {
        return database + "-results.json";
    }

    /** The way back is the same for both ways in. */
    boolean isCapture() {
        return mode.equals("cdc");
    }

    String config() {
        return "%s-%s.json".formatted(database, mode);
    }

    @Override
    public String toString() {
        return "%s, %s".formatted(isPostgres() ? "PostgreSQL" : "MariaDB", mode);
    }
}
