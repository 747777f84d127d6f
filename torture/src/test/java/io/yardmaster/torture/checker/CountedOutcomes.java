package io.yardmaster.torture.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The outcomes that the scheduler has counted, by its events, and those that it has to refuse. */
final class CountedOutcomes {
    private final Map<Long, ReportedOutcome> byId = new HashMap<>();
    private final Set<String> lettersDue = new HashSet<>();
    private final Set<String> lettersAllowed = new HashSet<>();

    void count(ReportedOutcome outcome) {
        byId.put(outcome.said().id(), outcome);
    }

    /** Null if no outcome of this assignment was counted. */
    ReportedOutcome of(long id) {
        return byId.get(id);
    }

    boolean isRefused(long id) {
        ReportedOutcome outcome = byId.get(id);
        return outcome != null && outcome.isRefusal();
    }

    void mustBeLetter(ReportedOutcome outcome) {
        lettersDue.add(outcome.position());
    }

    /** @param position of a record that is no outcome */
    void mustBeLetter(String position) {
        lettersDue.add(position);
    }

    void mayBeLetter(ReportedOutcome outcome) {
        lettersAllowed.add(outcome.position());
    }

    /** The positions of outcomes and graphs that must be dead letters. */
    Set<String> lettersDue() {
        return lettersDue;
    }

    /** The positions of outcomes that are dead letters if the scheduler read them in their session. */
    Set<String> lettersAllowed() {
        return lettersAllowed;
    }
}
