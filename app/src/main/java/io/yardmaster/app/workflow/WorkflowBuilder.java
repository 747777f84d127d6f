package io.yardmaster.app.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the entries of a WfFormat file and links them to a checked graph. */
final class WorkflowBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(WfFormat.class);

    private final String file;
    private final WorkflowBounds bounds;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> indexById = new HashMap<>();
    private final Map<String, Executed> runtimes = new LinkedHashMap<>();
    /** Ids in the order in which they were first named; a task may be named before it is specified. */
    private final List<String> ids = new ArrayList<>();

    private final Map<String, Integer> numberById = new HashMap<>();
    private final Links links = new Links();
    private int onThemselves;
    private String firstOnItself;

    WorkflowBuilder(String file, WorkflowBounds bounds) {
        this.file = file;
        this.bounds = bounds;
    }

    /** Takes an element of {@code workflow.specification.tasks}. */
    void specify(JsonField task) {
        bounds.task();
        String id = task.field("id").text();
        if (indexById.putIfAbsent(id, entries.size()) != null) {
            throw invalid("task '" + id + "' is there twice");
        }
        JsonField known = task.of(id);
        int number = number(id);
        entries.add(new Entry(id, known.field("name").text()));
        known.field("parents").texts(parent -> link(number(parent), number));
        if (known.has("children")) {
            known.field("children").texts(child -> link(number, number(child)));
        }
    }

    /** Takes an element of {@code workflow.execution.tasks}, of a task that is specified before or later. */
    void executed(JsonField task) {
        bounds.runtime();
        JsonField id = task.field("id");
        JsonField known = task.of(id.text());
        double seconds =
                known.has("runtimeInSeconds") ? known.field("runtimeInSeconds").seconds() : 0;
        if (runtimes.put(id.text(), new Executed(runtimes.size(), seconds)) != null) {
            throw invalid("task '" + id.text() + "' is there twice in workflow.execution.tasks");
        }
    }

    private int number(String id) {
        Integer known = numberById.putIfAbsent(id, ids.size());
        if (known == null) {
            ids.add(id);
            return ids.size() - 1;
        }
        return known;
    }

    private void link(int parent, int child) {
        if (parent != child) {
            links.add(parent, child);
        } else if (onThemselves++ == 0) {
            firstOnItself = ids.get(child);
        }
    }

    List<WorkflowTask> build() {
        if (entries.isEmpty()) {
            throw invalid("workflow.specification.tasks is empty: there is nothing to run");
        }
        requireSpecified();
        Links byIndex = new Links();
        for (int i = 0; i < links.size(); i++) {
            byIndex.add(
                    index("parent", links.parent(i), links.child(i)), index("child", links.child(i), links.parent(i)));
        }
        List<List<Integer>> parents = byIndex.parents(entries.size());
        List<List<Integer>> children = byIndex.children(entries.size());
        List<WorkflowTask> tasks = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Executed executed = runtimes.get(entry.id);
            double runtime = executed == null ? 0 : executed.seconds;
            tasks.add(new WorkflowTask(i, entry.id, entry.name, parents.get(i), children.get(i), runtime));
        }
        requireAcyclic(tasks);
        warn();
        return tasks;
    }

    private void requireAcyclic(List<WorkflowTask> tasks) {
        List<String> cycle =
                DependencyCycle.in(tasks).stream().map(WorkflowTask::id).toList();
        if (!cycle.isEmpty()) {
            String path = cycle.size() <= 10
                    ? String.join(" -> ", cycle)
                    : String.join(" -> ", cycle.subList(0, 10)) + " -> (" + (cycle.size() - 10) + " more)";
            throw invalid("tasks wait for each other in a cycle: " + path + " -> " + cycle.get(0));
        }
    }

    private void requireSpecified() {
        runtimes.forEach((id, executed) -> {
            if (!indexById.containsKey(id)) {
                throw invalid("workflow.execution.tasks[" + executed.position + "].id is '" + id
                        + "', but no such task is specified");
            }
        });
    }

    private int index(String role, int number, int named) {
        String id = ids.get(number);
        Integer index = indexById.get(id);
        if (index == null) {
            throw invalid("task '" + ids.get(named) + "' has the " + role + " '" + id
                    + "', which is no task of this workflow");
        }
        return index;
    }

    private void warn() {
        if (onThemselves > 0) {
            LOG.warn(
                    "{}: task '{}' is named as its own parent or child, which is ignored{}",
                    file,
                    firstOnItself,
                    onThemselves == 1 ? "" : "; so are " + (onThemselves - 1) + " more of the kind");
        }
    }

    private InvalidInputException invalid(String what) {
        return new InvalidInputException(file + ": " + what);
    }

    private record Entry(String id, String name) {}

    private record Executed(int position, double seconds) {}
}
