package io.yardmaster.connectors;

/** The databases that the connectors are tested with. */
enum Database {
    POSTGRESQL("postgresql"),
    MARIADB("mariadb");

    private final String prefix;

    Database(String prefix) {
        this.prefix = prefix;
    }

    /** What the names of its files in {@code ddl} and {@code config} begin with. */
    String prefix() {
        return prefix;
    }
}
