package io.yardmaster.scheduling;

import java.util.ArrayList;
import java.util.List;

/** What was told to {@link Decisions}, as a value. */
sealed interface Decision {
    record Assigned(Assignment assignment) implements Decision {}

    record Dropped(DropReason reason, long job, long count) implements Decision {}

    record Retired(long job) implements Decision {}

    record Began(long session) implements Decision {}

    /** Keeps all decisions, in order. */
    final class Log implements Decisions {
        private final List<Decision> all = new ArrayList<>();
        private final List<Assignment> assignments = new ArrayList<>();

        @Override
        public void assign(Assignment assignment) {
            all.add(new Assigned(assignment));
            assignments.add(assignment);
        }

        @Override
        public void drop(DropReason reason, long job, long count) {
            all.add(new Dropped(reason, job, count));
        }

        @Override
        public void retire(long job) {
            all.add(new Retired(job));
        }

        @Override
        public void beginSession(long session) {
            all.add(new Began(session));
        }

        List<Decision> all() {
            return all;
        }

        List<Assignment> assignments() {
            return assignments;
        }

        long dropped(DropReason reason) {
            return all.stream()
                    .filter(Dropped.class::isInstance)
                    .map(Dropped.class::cast)
                    .filter(drop -> drop.reason() == reason)
                    .mapToLong(Dropped::count)
                    .sum();
        }
    }
}
