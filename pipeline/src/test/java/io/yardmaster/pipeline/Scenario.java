package io.yardmaster.pipeline;

import java.io.IOException;
import java.sql.SQLException;

/** The ways from an outbox to the topics. */
enum Scenario {
    POSTGRESQL_CDC(Database.POSTGRESQL, "cdc"),
    POSTGRESQL_POLLING(Database.POSTGRESQL, "polling"),
    MARIADB_CDC(Database.MARIADB, "cdc"),
    MARIADB_POLLING(Database.MARIADB, "polling");

    private final Database database;
    private final String mode;

    Scenario(Database database, String mode) {
        this.database = database;
        this.mode = mode;
    }

    /** Its file in {@code config}. */
    String config() {
        return "%s-%s.json".formatted(database.prefix(), mode);
    }

    String resultsDdl() {
        return database.prefix() + "-results.sql";
    }

    String resultsConfig() {
        return database.prefix() + "-results.json";
    }

    boolean isPolling() {
        return mode.equals("polling");
    }

    /** A fixture with the outbox in its database. */
    ConnectFixture open(Site.Running site) throws SQLException, IOException {
        return new ConnectFixture(site, database)
                .ddl(database.prefix() + "-outbox.sql")
                .ddl("%s-%s.sql".formatted(database.prefix(), mode));
    }
}
