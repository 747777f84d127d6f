package io.yardmaster.pipeline;

/** The databases that the connectors are tested with. */
enum Database {
    POSTGRESQL("postgresql"),
    MARIADB("mariadb");

    private final String prefix;

    Database(String prefix) {
        this.prefix = prefix;
    }

    /** The beginning of its files' names in {@code ddl} and {@code config}. */
    String prefix() {
        return prefix;
    }
}
