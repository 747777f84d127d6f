package io.yardmaster.connectors.event;

import java.util.Optional;

/** Maps a change of a table to an event. */
interface RowMapping {
    /**
     * The event; empty if the change makes nothing ready.
     *
     * @param before the row before the change, if that is known; empty for a new one
     */
    Optional<LaneEvent> event(Row row, Optional<Row> before) throws BadRowException;
}
