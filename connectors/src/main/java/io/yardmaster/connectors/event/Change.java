package io.yardmaster.connectors.event;

import java.util.Map;
import java.util.Optional;

/**
 * A row that was inserted or updated.
 *
 * @param before the row before the change, if that is known
 * @param transaction equal for the changes of one transaction; empty if not known
 * @param partition the key under which Connect stores the offset
 * @param offset where reading goes on after this change
 * @param timestamp milliseconds since 1970
 */
public record Change(
        Row row,
        Optional<Row> before,
        Optional<Object> transaction,
        Map<String, ?> partition,
        Map<String, ?> offset,
        long timestamp) {}
