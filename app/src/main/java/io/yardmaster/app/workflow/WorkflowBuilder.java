package io.yardmaster.app.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects the entries of a WfFormat file and links them to a checked graph. */
final class WorkflowBuilder {
    private final String file;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> indexById = new HashMap<>();
    private final Map<String, Double> runtimes = new HashMap<>();

    WorkflowBuilder(String file) {
        this.file = file;
    }

    /** Takes an element of {@code workflow.specification.tasks}. */
    void specify(JsonField task) {
        String id = task.field("id").text();
        if (indexById.putIfAbsent(id, entries.size()) != null) {
            throw invalid("task '" + id + "' is there twice");
        }
        JsonField known = task.of(id);
        List<String> children = known.has("children") ? ids(known.field("children")) : List.of();
        entries.add(new Entry(id, known.field("name").text(), ids(known.field("parents")), children));
    }

    /** Takes an element of {@code workflow.execution.tasks}; all tasks must have been specified before. */
    void executed(JsonField task) {
        String id = task.field("id").text();
        if (!indexById.containsKey(id)) {
            throw task.field("id").invalid("is '" + id + "', but no such task is specified");
        }
        double seconds = task.of(id).field("runtimeInSeconds").seconds();
        if (runtimes.put(id, seconds) != null) {
            throw invalid("task '" + id + "' is there twice in workflow.execution.tasks");
        }
    }

    List<WorkflowTask> build() {
        if (entries.isEmpty()) {
            throw invalid("workflow.specification.tasks is empty: there is nothing to run");
        }
        List<SortedSet<Integer>> parents = emptySets();
        List<SortedSet<Integer>> children = emptySets();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            for (String parent : entry.parents) {
                link(indexOf(parent, "parent", entry), i, parents, children);
            }
            for (String child : entry.children) {
                link(i, indexOf(child, "child", entry), parents, children);
            }
        }
        List<WorkflowTask> tasks = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            double runtime = runtimes.getOrDefault(entry.id, 0.0);
            tasks.add(new WorkflowTask(
                    i, entry.id, entry.name, List.copyOf(parents.get(i)), List.copyOf(children.get(i)), runtime));
        }
        requireAcyclic(tasks);
        return tasks;
    }

    private void requireAcyclic(List<WorkflowTask> tasks) {
        List<String> cycle = Cycle.in(tasks).stream().map(WorkflowTask::id).toList();
        if (!cycle.isEmpty()) {
            String path = cycle.size() <= 10
                    ? String.join(" -> ", cycle)
                    : String.join(" -> ", cycle.subList(0, 10)) + " -> (" + (cycle.size() - 10) + " more)";
            throw invalid("tasks wait for each other in a cycle: " + path + " -> " + cycle.get(0));
        }
    }

    private static void link(
            int parent, int child, List<SortedSet<Integer>> parents, List<SortedSet<Integer>> children) {
        parents.get(child).add(parent);
        children.get(parent).add(child);
    }

    private int indexOf(String id, String role, Entry named) {
        Integer index = indexById.get(id);
        if (index == null) {
            throw invalid(
                    "task '" + named.id + "' has the " + role + " '" + id + "', which is no task of this workflow");
        }
        return index;
    }

    private List<SortedSet<Integer>> emptySets() {
        List<SortedSet<Integer>> sets = new ArrayList<>(entries.size());
        entries.forEach(entry -> sets.add(new TreeSet<>()));
        return sets;
    }

    private static List<String> ids(JsonField array) {
        return array.elements().stream().map(JsonField::text).toList();
    }

    private InvalidInputException invalid(String what) {
        return new InvalidInputException(file + ": " + what);
    }

    private record Entry(String id, String name, List<String> parents, List<String> children) {}
}
