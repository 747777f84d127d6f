package io.yardmaster.connectors.event;

import java.util.Optional;

/** Says which event a change of a table is. */
interface RowMapping {
    /**
     * The event; empty if the change makes nothing ready.
     *
     * @param before the row as it was, where that is known; empty for a new one
     */
    Optional<LaneEvent> event(Row row, Optional<Row> before) throws BadRowException;
}
