package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.event.OtherValue;
import io.yardmaster.connectors.event.OutboxColumns;
import io.yardmaster.connectors.event.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads rows of the outbox from a result, with the values that change data capture has for the same columns. */
final class OutboxRows {
    static final String ID = "id";

    /** The columns of a query: the id, then those that every outbox has. */
    private static final String COLUMNS = ID + ", " + String.join(", ", OutboxColumns.ALL);

    /** PostgreSQL's driver gives these as text in some places and as other classes elsewhere. */
    private static final Set<String> BITS = Set.of("bit", "varbit");

    /** PostgreSQL's driver gives types that it has no class for as this, with their text. */
    private static final String POSTGRES_TEXT = "org.postgresql.util.PGobject";

    private OutboxRows() {}

    /** The columns to ask a table for: those that every outbox has, and that of graphs if it is there. */
    static String columns(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            ResultSetMetaData metadata = result.getMetaData();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                if (metadata.getColumnLabel(i).equalsIgnoreCase(OutboxColumns.GRAPH)) {
                    return COLUMNS + ", " + OutboxColumns.GRAPH;
                }
            }
            return COLUMNS;
        }
    }

    static Row read(String table, ResultSet result) throws SQLException {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put(ID, result.getLong(ID));
        for (int i = 0; i < OutboxColumns.ALL.size(); i++) {
            columns.put(OutboxColumns.ALL.get(i), value(result, i + 2));
        }
        int next = OutboxColumns.ALL.size() + 2;
        ResultSetMetaData metadata = result.getMetaData();
        if (next <= metadata.getColumnCount() && metadata.getColumnLabel(next).equalsIgnoreCase(OutboxColumns.GRAPH)) {
            columns.put(OutboxColumns.GRAPH, value(result, next));
        }
        return new Row(table, columns);
    }

    private static Object value(ResultSet result, int column) throws SQLException {
        Object value = result.getObject(column);
        if (value == null || value instanceof Boolean || value instanceof BigDecimal || isWhole(value)) {
            return value;
        }
        String type = result.getMetaData().getColumnTypeName(column).toLowerCase(Locale.ROOT);
        boolean text = value instanceof String
                || value instanceof UUID
                || value.getClass().getName().equals(POSTGRES_TEXT);
        if (text && !BITS.contains(type)) {
            return value.toString();
        }
        return new OtherValue(type, value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString());
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger;
    }
}
