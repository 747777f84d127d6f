package io.yardmaster.app.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The dependencies of a workflow, in 8 bytes each: which task, by its number, comes before which. */
final class Links {
    private long[] links = new long[16];
    private int size;

    void add(int parent, int child) {
        if (size == links.length) {
            links = Arrays.copyOf(links, 2 * size);
        }
        links[size++] = pack(parent, child);
    }

    int size() {
        return size;
    }

    int parent(int link) {
        return (int) (links[link] >>> Integer.SIZE);
    }

    int child(int link) {
        return (int) links[link];
    }

    /** Per task its children, ascending, each once. */
    List<List<Integer>> children(int tasks) {
        return byFirst(Arrays.copyOf(links, size), tasks);
    }

    /** Per task its parents, ascending, each once. */
    List<List<Integer>> parents(int tasks) {
        long[] turned = new long[size];
        Arrays.setAll(turned, link -> pack(child(link), parent(link)));
        return byFirst(turned, tasks);
    }

    private static List<List<Integer>> byFirst(long[] pairs, int tasks) {
        Arrays.sort(pairs);
        // Boxed once each, not once in every list.
        Integer[] numbers = IntStream.range(0, tasks).boxed().toArray(Integer[]::new);
        List<List<Integer>> lists = new ArrayList<>(tasks);
        int at = 0;
        for (int task = 0; task < tasks; task++) {
            List<Integer> list = new ArrayList<>();
            for (; at < pairs.length && pairs[at] >>> Integer.SIZE == task; at++) {
                if (at == 0 || pairs[at] != pairs[at - 1]) {
                    list.add(numbers[(int) pairs[at]]);
                }
            }
            lists.add(List.copyOf(list));
        }
        return lists;
    }

    private static long pack(int first, int second) {
        return (long) first << Integer.SIZE | second;
    }
}
