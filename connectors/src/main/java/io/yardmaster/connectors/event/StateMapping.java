package io.yardmaster.connectors.event;

import io.yardmaster.connectors.settings.StateMeaning;
import io.yardmaster.connectors.settings.StateSettings;
import java.util.Objects;
import java.util.Optional;

/**
 * A row of a task or job that comes into one of the states that the settings name is an event: when it is inserted in
 * that state, when its state changes to it, or when its attempt or session changes while it is in it. If the row before
 * the change is not known, each change of such a row is an event, and the scheduler drops the repeats.
 */
final class StateMapping implements RowMapping {
    private final StateSettings settings;

    StateMapping(StateSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<LaneEvent> event(Row row, Optional<Row> before) throws BadRowException {
        if (before.isPresent() && isSame(row, before.get())) {
            return Optional.empty();
        }
        return switch (meaning(row)) {
            case READY ->
                Optional.of(LaneEvent.ready(
                        row.id(settings.groupColumn()),
                        row.id(settings.jobColumn()),
                        session(row),
                        row.smallNotNegative(settings.indexColumn()),
                        row.smallNotNegative(settings.attemptColumn(), 0)));
            case COMMIT -> Optional.of(finalizing(Lane.COMMIT, row, true));
            case CLEANUP -> Optional.of(finalizing(Lane.CLEANUP, row, true));
            case ENDED -> Optional.of(finalizing(Lane.CLEANUP, row, false));
            case OTHER -> Optional.empty();
        };
    }

    /** A state that no setting names may be a task that would never run, so it makes the row a bad one. */
    private StateMeaning meaning(Row row) throws BadRowException {
        String state = row.text(settings.stateColumn());
        return settings.meaning(state)
                .orElseThrow(() -> new BadRowException(
                        "%s '%s' is in none of yardmaster.states.*".formatted(settings.stateColumn(), state)));
    }

    private boolean isSame(Row row, Row before) {
        return state(row).equals(state(before))
                && isSame(row, before, settings.attemptColumn())
                && isSame(row, before, settings.sessionColumn());
    }

    private String state(Row row) {
        return StateSettings.plain(String.valueOf(row.columns().get(settings.stateColumn())));
    }

    private static boolean isSame(Row row, Row before, String column) {
        return Objects.equals(row.columns().get(column), before.columns().get(column));
    }

    private LaneEvent finalizing(Lane lane, Row row, boolean hasTask) throws BadRowException {
        return LaneEvent.finalizing(
                lane, row.id(settings.groupColumn()), row.id(settings.jobColumn()), session(row), hasTask);
    }

    private long session(Row row) throws BadRowException {
        return settings.session().isPresent()
                ? settings.session().getAsLong()
                : row.notNegative(settings.sessionColumn());
    }
}
