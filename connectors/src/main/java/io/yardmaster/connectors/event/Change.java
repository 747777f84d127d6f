package io.yardmaster.connectors.event;

import java.util.Map;
import java.util.Optional;

/**
 * A row that was inserted or updated.
 *
 * @param before the row as it was, where that is known
 * @param transaction equal for the changes of one transaction; empty if not known
 * @param partition what Connect files the offset under
 * @param offset where to go on after this change
 * @param timestamp milliseconds since 1970
 */
public record Change(
        Row row,
        Optional<Row> before,
        Optional<Object> transaction,
        Map<String, ?> partition,
        Map<String, ?> offset,
        long timestamp) {}
