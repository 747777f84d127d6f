package io.yardmaster.app.jobs;

import io.yardmaster.app.terminal.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The progress of some jobs by stages, or by kinds of tasks, as one line. */
final class KindProgress {
    private static final int SHOWN = 8;
    private static final int NAME_LENGTH = 24;

    private KindProgress() {}

    /**
     * The counts of eight kinds, and those of all others together: {@code sort 3/10, merge 0/2 (1 failed)}. Those under way are shown first of
     * all, then the largest. Empty if no kind has two tasks, unless they are the stages of a user.
     */
    static Optional<String> line(List<StageTally> jobs) {
        Map<String, StageCounts> kinds = new LinkedHashMap<>();
        for (StageTally job : jobs) {
            job.counts().forEach(counts -> kinds.merge(counts.name(), counts, StageCounts::plus));
        }
        boolean named = jobs.stream().anyMatch(job -> !job.plan().hasKinds());
        if (!named && kinds.values().stream().allMatch(kind -> kind.tasks() == 1)) {
            return Optional.empty();
        }
        Set<StageCounts> shown = new HashSet<>(kinds.values().stream()
                .sorted(Comparator.comparing((StageCounts kind) -> !kind.isUnderWay())
                        .thenComparing(kind -> -kind.tasks()))
                .limit(SHOWN)
                .toList());
        List<String> texts = new ArrayList<>();
        Optional<StageCounts> others = Optional.empty();
        for (StageCounts kind : kinds.values()) {
            if (shown.contains(kind)) {
                texts.add(text(kind));
            } else {
                others = Optional.of(others.map(so -> so.plus(kind)).orElse(kind));
            }
        }
        others.map(rest -> rest.named((kinds.size() - SHOWN) + " more")).ifPresent(rest -> texts.add(text(rest)));
        return Optional.of(String.join(", ", texts));
    }

    private static String text(StageCounts kind) {
        return shortened(kind.name()) + " " + kind.succeeded() + "/" + kind.tasks()
                + (kind.failedAttempts() == 0 ? "" : " (" + kind.failedAttempts() + " failed)");
    }

    private static String shortened(String name) {
        String printable = Printable.line(name);
        return printable.length() <= NAME_LENGTH ? printable : printable.substring(0, NAME_LENGTH - 2) + "..";
    }
}
