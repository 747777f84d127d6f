package io.yardmaster.app.jobs;

import io.yardmaster.app.terminal.Printable;
import io.yardmaster.app.workflow.WorkflowTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The progress of some jobs by kinds of tasks: tasks that share a name are of one kind. */
public final class KindProgress {
    private static final int SHOWN = 8;
    private static final int NAME_LENGTH = 24;

    private int tasks;
    private int done;
    private int failures;

    private KindProgress() {}

    /**
     * The counts of the eight largest kinds, and those of all others together: {@code sort 3/10, merge 0/2 (1 failed)}.
     * Empty if no kind has two tasks.
     */
    public static Optional<String> line(List<TaskProgress> jobs) {
        Map<String, KindProgress> kinds = new LinkedHashMap<>();
        for (TaskProgress job : jobs) {
            for (WorkflowTask task : job.workflow().tasks()) {
                kinds.computeIfAbsent(task.name(), name -> new KindProgress()).add(job, task.index());
            }
        }
        if (kinds.values().stream().allMatch(kind -> kind.tasks == 1)) {
            return Optional.empty();
        }
        Set<String> largest = kinds.entrySet().stream()
                .sorted(Comparator.comparing(kind -> -kind.getValue().tasks))
                .limit(SHOWN)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<String> texts = new ArrayList<>();
        KindProgress others = new KindProgress();
        kinds.forEach((name, kind) -> {
            if (largest.contains(name)) {
                texts.add(kind.text(shortened(name)));
            } else {
                others.add(kind);
            }
        });
        if (others.tasks > 0) {
            texts.add(others.text((kinds.size() - SHOWN) + " more"));
        }
        return Optional.of(String.join(", ", texts));
    }

    private void add(TaskProgress job, int task) {
        tasks++;
        done += job.isDone(task) ? 1 : 0;
        failures += job.failures(task);
    }

    private void add(KindProgress other) {
        tasks += other.tasks;
        done += other.done;
        failures += other.failures;
    }

    private String text(String name) {
        return name + " " + done + "/" + tasks + (failures == 0 ? "" : " (" + failures + " failed)");
    }

    private static String shortened(String name) {
        String printable = Printable.line(name);
        return printable.length() <= NAME_LENGTH ? printable : printable.substring(0, NAME_LENGTH - 2) + "..";
    }
}
