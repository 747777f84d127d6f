package io.yardmaster.connectors.settings;

import io.yardmaster.schemas.CommandLimits;
import io.yardmaster.schemas.OutcomeLimits;
import java.util.Map;
import java.util.Set;

/** The types of the columns of {@link ResultTable}. */
public enum ResultType {
    TEXT("text"),
    INTEGER("integer"),
    BIGINT("bigint"),
    BOOLEAN("boolean"),
    TIME("timestamptz");

    private static final Map<String, Integer> TEXTS = Map.of(
            "kind", 16,
            "result", 16,
            "reason", Math.max(OutcomeLimits.REASON, CommandLimits.REASON),
            "worker", OutcomeLimits.WORKER,
            "state", 16,
            "phase", 16,
            "asked_by", CommandLimits.BY,
            "commit_result", 16,
            "cleanup_result", 16,
            "topic", 249);
    private static final Set<String> INTEGERS = Set.of("task_index", "attempt", "priority", "topic_partition");

    private final String postgres;

    ResultType(String postgres) {
        this.postgres = postgres;
    }

    /** The type of a column. */
    public static ResultType of(String column) {
        if (TEXTS.containsKey(column)) {
            return TEXT;
        }
        if (INTEGERS.contains(column)) {
            return INTEGER;
        }
        if (column.equals("paused")) {
            return BOOLEAN;
        }
        return column.endsWith("_at") ? TIME : BIGINT;
    }

    /** The characters that a column with text must hold. */
    public static int characters(String column) {
        return TEXTS.get(column);
    }

    /** The name of the type in PostgreSQL. */
    public String postgres() {
        return postgres;
    }
}
