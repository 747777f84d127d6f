package io.yardmaster.connectors.event;

import java.util.Optional;

/** Each new row of the outbox table is an event. */
final class OutboxMapping implements RowMapping {
    @Override
    public Optional<LaneEvent> event(Row row, Optional<Row> before) throws BadRowException {
        String name = row.text(OutboxColumns.LANE);
        Lane lane =
                Lane.named(name).orElseThrow(() -> new BadRowException("lane '" + name + "' is none of " + Lane.NAMES));
        long group = row.id(OutboxColumns.GROUP);
        long job = row.id(OutboxColumns.JOB);
        if (lane == Lane.GRAPH) {
            return Optional.of(
                    LaneEvent.graph(group, job, GraphDocument.read(row.text(OutboxColumns.GRAPH), group, job)));
        }
        long session = row.notNegative(OutboxColumns.SESSION);
        return Optional.of(
                lane == Lane.READY
                        ? LaneEvent.ready(
                                group,
                                job,
                                session,
                                row.smallNotNegative(OutboxColumns.INDEX),
                                row.smallNotNegative(OutboxColumns.ATTEMPT, 0))
                        : LaneEvent.finalizing(lane, group, job, session, row.flag(OutboxColumns.HAS_TASK, true)));
    }
}
