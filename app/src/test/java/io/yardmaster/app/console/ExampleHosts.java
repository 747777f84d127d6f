package io.yardmaster.app.console;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Hosts made up for the console, in the API's shape. */
record ExampleHosts(int hosts) {
    private static final long GIB = 1L << 30;

    /** The hosts of a large fleet's pool. */
    static final ExampleHosts MANY = new ExampleHosts(10_000);

    Map<String, Object> pools() {
        return hosts == 0 ? Map.of("pools", List.of()) : Map.of("pools", List.of(pool()));
    }

    private Map<String, Object> pool() {
        List<Integer> use = List.of(hosts / 10, 0, 0, 0, 0, hosts / 10, 0, 0, 0, 0, hosts - hosts / 10 * 2);
        return Map.of(
                "pool",
                "gpu",
                "hosts",
                hosts,
                "silent_hosts",
                1,
                "overbooked_hosts",
                1,
                "placed_tasks",
                7 * hosts,
                "waiting_tasks",
                12,
                "blocked_ms",
                90_000,
                "resources",
                List.of(
                        resource("gpu", 2L * hosts, hosts, 2, use),
                        resource("memory", 64 * GIB * hosts, GIB, 32 * GIB, use)));
    }

    private static Map<String, Object> resource(String name, long total, long booked, long largest, List<Integer> use) {
        return Map.of(
                "name", name,
                "total", total,
                "booked", booked,
                "largest_free", largest,
                "largest_free_host", "node17",
                "hosts_by_use", use);
    }

    /** The hosts behind the one with this name. */
    Map<String, Object> page(String after, int limit) {
        int from = after == null ? 0 : Integer.parseInt(after.substring("node".length())) + 1;
        int to = Math.min(hosts, from + limit);
        Map<String, Object> page = new TreeMap<>();
        page.put("pool", pool());
        page.put("page", IntStream.range(from, to).mapToObj(this::host).toList());
        page.put("next", to < hosts ? name(to - 1) : null);
        return page;
    }

    private static String name(int number) {
        return "node" + number;
    }

    private Map<String, Object> host(int number) {
        boolean shrunk = number == 2;
        return Map.of(
                "host", name(number),
                "incarnation", "1764036000000",
                "silent", number == 1,
                "heard_ms", 1_200,
                "total", Map.of("gpu", shrunk ? 1L : 2L, "memory", 64 * GIB),
                "booked", Map.of("gpu", 2L, "memory", 8 * GIB),
                "labels", Map.of("zone", Example.SCRIPT),
                "tasks", 30,
                "first",
                        Collections.nCopies(
                                20,
                                Map.of(
                                        "job",
                                        "4711",
                                        "task",
                                        7,
                                        "attempt",
                                        0,
                                        "needs",
                                        Map.of("gpu", 1L),
                                        "since_ms",
                                        Example.AT_MS)));
    }
}
