package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.event.OutboxColumns;
import io.yardmaster.connectors.event.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads rows of the outbox from a result. */
final class OutboxRows {
    static final String ID = "id";

    /** What a query selects: the id, then what makes an event. */
    static final String COLUMNS = ID + ", " + String.join(", ", OutboxColumns.ALL);

    private OutboxRows() {}

    static Row read(String table, ResultSet result) throws SQLException {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put(ID, result.getLong(ID));
        for (String column : OutboxColumns.ALL) {
            columns.put(column, result.getObject(column));
        }
        return new Row(table, columns);
    }
}
