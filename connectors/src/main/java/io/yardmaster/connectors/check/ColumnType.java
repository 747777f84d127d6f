package io.yardmaster.connectors.check;

import io.yardmaster.connectors.event.OutboxColumns;
import io.yardmaster.connectors.settings.ResultType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The type of a column, as the database has it.
 *
 * @param jdbc of {@link Types}
 * @param name in lower case
 * @param characters that a text may have
 */
record ColumnType(int jdbc, String name, boolean signed, int characters) {
    private static final Set<Integer> WHOLE =
            Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL);
    private static final Set<Integer> TEXT = Set.of(
            Types.CHAR,
            Types.VARCHAR,
            Types.LONGVARCHAR,
            Types.NCHAR,
            Types.NVARCHAR,
            Types.LONGNVARCHAR,
            Types.CLOB,
            Types.NCLOB);
    private static final Set<Integer> FLAG = Set.of(Types.BIT, Types.BOOLEAN);

    /** PostgreSQL's driver has no number for these, which it reads as text. */
    private static final Set<String> TEXT_NAMES = Set.of("json", "jsonb", "citext");

    static ColumnType of(ResultSetMetaData columns, int index) throws SQLException {
        return new ColumnType(
                columns.getColumnType(index),
                columns.getColumnTypeName(index).toLowerCase(Locale.ROOT),
                columns.isSigned(index),
                columns.getPrecision(index));
    }

    /** The type that a connector needs instead to read such a column; empty if it can read this one. */
    Optional<String> neededToRead(String use) {
        boolean text = TEXT.contains(jdbc) || TEXT_NAMES.contains(name);
        return switch (use) {
            case OutboxColumns.LANE, OutboxColumns.GRAPH -> unless(text, "text");
            case OutboxColumns.HAS_TASK -> unless(FLAG.contains(jdbc) || WHOLE.contains(jdbc), "boolean");
            default -> unless(WHOLE.contains(jdbc) || text, "a whole number, or text that is one");
        };
    }

    /** The type that the connector needs instead to write this column of results; empty if it can write this one. */
    Optional<String> neededToWrite(String column, boolean postgres) {
        return switch (ResultType.of(column)) {
            case TEXT -> text(ResultType.characters(column), postgres);
            case INTEGER ->
                unless(WHOLE.contains(jdbc) && jdbc != Types.TINYINT && jdbc != Types.SMALLINT && signed, "integer");
            case BIGINT -> unless((isLarge() || jdbc == Types.BIGINT) && signed, "bigint");
            case BOOLEAN ->
                unless(postgres ? name.equals("bool") : WHOLE.contains(jdbc) || FLAG.contains(jdbc), "boolean");
            case TIME ->
                unless(
                        postgres ? name.equals("timestamptz") : name.startsWith("datetime"),
                        postgres ? "timestamptz" : "datetime(3)");
        };
    }

    private boolean isLarge() {
        return jdbc == Types.NUMERIC || jdbc == Types.DECIMAL;
    }

    /** The blanks of {@code char} would be part of a key; PostgreSQL takes no text for a type of the user's own. */
    private Optional<String> text(int needed, boolean postgres) {
        boolean right = postgres
                ? name.equals("text") || name.equals("varchar")
                : TEXT.contains(jdbc) && jdbc != Types.CHAR && jdbc != Types.NCHAR;
        return unless(right && (characters <= 0 || characters >= needed), "varchar(%s) or longer".formatted(needed));
    }

    private static Optional<String> unless(boolean right, String needed) {
        return right ? Optional.empty() : Optional.of(needed);
    }

    @Override
    public String toString() {
        return TEXT.contains(jdbc) && characters > 0 && characters < 1_000_000
                ? "%s(%s)".formatted(name, characters)
                : name + (WHOLE.contains(jdbc) && !signed && !name.contains("unsigned") ? " unsigned" : "");
    }
}
