package io.yardmaster.app.console;

import static io.yardmaster.app.console.JsonText.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A deployment made up for the pages' edge cases, in the API's shape. The same every time; {@code turn} moves its rotation
 * and its figures on.
 *
 * @param active jobs in the rotation of each shard
 * @param pending jobs that wait behind them in each shard
 * @param trouble whether an instance is away, a shard is being restored, no instance runs another one, and the group's
 *     offsets are old
 */
record Example(int shards, int active, int pending, int partitions, int members, int groups, boolean trouble) {
    static final long AT_MS = 1_764_036_000_000L;
    /** The id of a job of which nothing but its graph is known. */
    static final String FORGOTTEN = "4712";

    static final String SCRIPT =
            "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    /** Text that a browser would turn from right to left, and a character that is not seen. */
    static final String TURNED = "gpj\u202egnp\u200b";

    private static final String SESSION = "1764035999000000123";
    private static final int RATES = 120;
    private static final int PLACES = 1_024;

    /** Nothing has happened yet. */
    static final Example EMPTY = new Example(1, 0, 0, 0, 0, 0, false);

    /** A handful of jobs, all of them in the rotation. */
    static final Example SMALL = new Example(1, 9, 0, 4, 2, 2, false);

    static final Example BUSY = new Example(4, 1_024, 476, 8, 4, 10, false);

    static final Example TROUBLED = new Example(4, 1_024, 476, 8, 0, 10, true);

    /** More of everything than fits. */
    static final Example LARGE = new Example(64, 1_024, 9_000, 256, 300, 100, false);

    Map<String, Object> overview(int turn) {
        long running = shards(turn).stream()
                .filter(shard -> shard.get("state").equals("active"))
                .count();
        boolean idle = active == 0;
        return object(
                "at_ms", AT_MS + 1_000L * turn,
                "version", "0.1.0",
                "application_id", "yardmaster",
                "session", idle ? null : SESSION,
                "settings",
                        object(
                                "dispatch_capacity", "auto",
                                "active_jobs", PLACES,
                                "fairness", "job",
                                "tick_interval_ms", 5,
                                "dispatch_group", "yardmaster-ems",
                                "dispatch_group_type", "consumer"),
                "totals",
                        object(
                                "active_jobs",
                                running * active,
                                "pending_jobs",
                                running * pending,
                                "finalizing_jobs",
                                idle ? 0 : 22,
                                "paused_jobs",
                                idle ? 0 : 2,
                                "paused_tasks",
                                idle ? 0 : 160,
                                "refused_tasks",
                                idle ? 0 : 3,
                                "parked_tasks",
                                idle ? 0 : 42,
                                "buffered_tasks",
                                running * (active * 96L + pending * 118L),
                                "assignments",
                                running * 991_231L + 1_240L * turn,
                                "ended",
                                object(
                                        "succeeded", running * 990_000L,
                                        "failed", idle ? 0 : 12,
                                        "killed", idle ? 0 : 2,
                                        "refused", idle ? 0 : 5),
                                "drops_by_reason",
                                object(
                                        "duplicate", idle ? 0 : 41,
                                        "finalizing", idle ? 0 : 3,
                                        "discarded", idle ? 0 : 120,
                                        "old-session", idle ? 0 : 7,
                                        "wrong-group", 0,
                                        "has-graph", 0),
                                "dead_letters",
                                deadLetters().size()),
                "rates", idle ? List.of() : rates(turn),
                "window", window(turn),
                "group", group(),
                "lanes", shards(turn),
                "groups", groups(turn),
                "limits", limitRows(),
                "instances", instances(),
                "gates",
                        object(
                                "count",
                                idle ? 0 : 22,
                                "waiting_commits",
                                idle ? 0 : 4,
                                "waiting_cleanups",
                                idle ? 0 : 1),
                "dead_letters", deadLetters().stream().limit(50).toList());
    }

    /** A page; the cursor is where it begins. */
    Map<String, Object> jobs(String state, String after, int limit) {
        List<Map<String, Object>> all = Stream.of("active", "pending")
                .filter(each -> state == null || each.equals(state))
                .flatMap(each -> IntStream.range(0, each.equals("active") ? active : pending)
                        .mapToObj(i -> job(each, i)))
                .toList();
        return page("jobs", all, after, limit);
    }

    Map<String, Object> deadLetters(String after, int limit) {
        return page("dead_letters", deadLetters(), after, limit);
    }

    Map<String, Object> policy() {
        if (active == 0) {
            return object("entries", List.of(), "problems", List.of());
        }
        return object(
                "entries",
                List.of(entry("group/3", "2", "ann", "paid for two"), entry("group/7", "0.5", SCRIPT, TURNED)),
                "problems",
                List.of("grup/8: unknown key grup: the nearest known one is group; the entry is ignored"));
    }

    Map<String, Object> limits() {
        return object("limits", limitRows());
    }

    private List<Map<String, Object>> limitRows() {
        return active == 0
                ? List.of()
                : List.of(
                        limit("limit/licence", 50, 48, 2, 42, List.of(object("group", "7", "units", 40))),
                        limit("group/7", 100, 63, 0, 0, List.of()),
                        pausedPool(),
                        limit("limit/disk", 1_000, 0, 0, 0, List.of()));
    }

    private static Map<String, Object> limit(
            String key, int capacity, int used, int reserved, int parked, List<Map<String, Object>> holders) {
        return object(
                "limit", key,
                "capacity", capacity,
                "used", used,
                "reserved", reserved,
                "parked", parked,
                "holders", holders,
                "obstacle", null);
    }

    private static Map<String, Object> pausedPool() {
        Map<String, Object> pool = new LinkedHashMap<>(limit("pool/gpu", 0, 3, 0, 9, List.of()));
        pool.put("obstacle", "paused by ann");
        return pool;
    }

    private static Map<String, Object> entry(String key, String weight, String by, String reason) {
        return object(
                "key",
                key,
                "fields",
                List.of(object("name", "weight", "value", weight)),
                "by",
                by,
                "reason",
                reason,
                "at_ms",
                AT_MS - 60_000);
    }

    private static Map<String, Object> page(String name, List<Map<String, Object>> all, String after, int limit) {
        int from = after == null ? 0 : Integer.parseInt(after);
        int to = Math.min(all.size(), from + limit);
        return object(name, all.subList(from, to), "next", to < all.size() ? Integer.toString(to) : null);
    }

    /** The job with this id, or null. */
    Map<String, Object> job(String id) {
        return Stream.of("active", "pending")
                .flatMap(state -> IntStream.range(0, state.equals("active") ? active : pending)
                        .mapToObj(i -> job(state, i)))
                .filter(job -> job.get("job").equals(id))
                .findFirst()
                .map(this::detailed)
                .orElse(null);
    }

    private List<Map<String, Object>> deadLetters() {
        if (active == 0) {
            return List.of();
        }
        List<Map<String, Object>> letters = new ArrayList<>(List.of(
                letter(12, "yardmaster.ready", "a task index is negative"),
                letter(95, "yardmaster.ready", SCRIPT + TURNED),
                letter(
                        340,
                        "yardmaster.commit",
                        "org.apache.kafka.common.errors.SerializationException: Unknown magic byte 123"),
                letter(2_900, null, "key and job id disagree: 17 and 71")));
        IntStream.range(0, 200)
                .forEach(i -> letters.add(letter(90_000 + i, "yardmaster.cleanup", "a session is negative")));
        return letters;
    }

    private static Map<String, Object> letter(int secondsAgo, String topic, String reason) {
        return object(
                "at_ms",
                AT_MS - 1_000L * secondsAgo,
                "topic",
                topic,
                "partition",
                topic == null ? null : 0,
                "offset",
                topic == null ? null : 90_417 - secondsAgo,
                "reason",
                reason);
    }

    static String id(int shard, int i) {
        return Long.toString(10_000_000_000_000_000L + 100_000L * shard + 7L * i);
    }

    private Map<String, Object> job(String state, int i) {
        int n = state.equals("active") ? i : active + i;
        return object(
                "job",
                id(0, n),
                "group",
                Integer.toString(1 + n % Math.max(1, groups)),
                "lane",
                0,
                "state",
                state,
                "position",
                i,
                "buffered_tasks",
                20 + n * 37 % 180,
                "assignments",
                state.equals("active") ? n * 53 % 400 : 0,
                "ended",
                object("succeeded", n % 9, "failed", n % 3, "killed", 0, "refused", 0),
                "session",
                SESSION,
                "ready_since_ms",
                AT_MS - 1_700L * (1 + n % 90),
                "latest_event_ms",
                AT_MS - 900L * (1 + n % 90),
                "priority",
                n % 11 == 3 ? 5 : 0);
    }

    private Map<String, Object> detailed(Map<String, Object> job) {
        boolean isActive = job.get("state").equals("active");
        Map<String, Object> detailed = object();
        detailed.putAll(job);
        detailed.put(
                "why",
                isActive
                        ? object(
                                "code",
                                "window-full",
                                "sentence",
                                "The window is full: all 1,024 assignments that may be"
                                        + " outstanding are, most of them in dispatch partitions 3, 0 and 2.")
                        : object(
                                "code",
                                "pending-behind",
                                "sentence",
                                "Pending behind %s jobs: all 1,024 places of the".formatted(job.get("position"))
                                        + " rotation are taken."));
        detailed.put(
                "runs",
                List.of(object("first", 12, "count", 88, "attempt", 0), object("first", 3, "count", 1, "attempt", 1)));
        detailed.put("buffered_runs", 2);
        detailed.put("graph", isActive ? null : graph());
        detailed.put(
                "waiting",
                object(
                        "places",
                        PLACES,
                        "places_taken",
                        active,
                        "window_capacity",
                        1_024,
                        "window_used",
                        1_024,
                        "fullest_partitions",
                        isActive ? List.of(3, 0, 2) : List.of(),
                        "fleet_members",
                        members,
                        "view_age_ms",
                        12,
                        "gate_since_ms",
                        null,
                        "gate_until_ms",
                        null,
                        "paused_since_ms",
                        null,
                        "parked",
                        isActive ? 12 : 0,
                        "limit",
                        isActive
                                ? object(
                                        "limit", "limit/licence",
                                        "needed", 2,
                                        "used", 50,
                                        "capacity", 50,
                                        "shard_used", 12,
                                        "shard_capacity", 12,
                                        "mostly_by", "7",
                                        "obstacle", null)
                                : null));
        detailed.put(
                "history",
                List.of(
                        object(
                                "at_ms",
                                AT_MS - 90_000,
                                "what",
                                "pending",
                                "detail",
                                "all places of the rotation were taken"),
                        object(
                                "at_ms",
                                AT_MS - 60_000,
                                "what",
                                "active",
                                "detail",
                                "joined the rotation at the tail")));
        return detailed;
    }

    private static Map<String, Object> graph() {
        return object(
                "name",
                ExampleGraph.NAME,
                "stages",
                7,
                "open_stages",
                6,
                "failure",
                ExampleGraph.FAILURE,
                "first",
                List.of(object(
                        "name", "split",
                        "first_task", 0,
                        "tasks", 1,
                        "state", "ended",
                        "waits_for", 0,
                        "succeeded", 1,
                        "failed", 0)));
    }

    /** An estimate of when a job starts. */
    Map<String, Object> when(String id) {
        return object(
                "job",
                id,
                "at_ms",
                AT_MS,
                "sentence",
                "It starts in about 40 s (8 times out of 10 after 25 s to 70 s).",
                "start",
                quantiles(25_000, 40_000, 70_000),
                "not_before_ms",
                null,
                "end",
                null,
                "jobs_before",
                3,
                "higher_before",
                1,
                "tasks_before",
                12,
                "depends_on",
                List.of("12 tasks of 3 other jobs start before it, 1 of these jobs with a higher priority"),
                "stages",
                List.of(
                        object(
                                "stage",
                                ExampleGraph.NAME,
                                "start",
                                quantiles(25_000, 40_000, 70_000),
                                "after",
                                List.of(),
                                "recorded",
                                32),
                        object("stage", SCRIPT, "start", null, "after", List.of(SCRIPT, "b"), "recorded", 0)),
                "draws",
                25,
                "slots",
                8,
                "notes",
                List.of("8 slots are assumed: the most tasks that ran at once lately"));
    }

    private static Map<String, Object> quantiles(long p10, long p50, long p90) {
        return object("p10_ms", p10, "p50_ms", p50, "p90_ms", p90);
    }

    /** The graph of a job that waits for its place; null for others. A large deployment has a large one. */
    ExampleGraph graph(String id) {
        Map<String, Object> job = job(id);
        if (FORGOTTEN.equals(id)) {
            return ExampleGraph.small("failed");
        }
        if (job == null || job.get("graph") == null) {
            return null;
        }
        return equals(LARGE) ? ExampleGraph.large() : ExampleGraph.small("running");
    }

    private static List<Map<String, Object>> rates(int turn) {
        return IntStream.range(0, RATES)
                .mapToObj(i -> {
                    int n = i + turn / 5;
                    double wave = Math.sin(n / 9.0) + 0.5 * Math.sin(n / 2.3) + 0.3 * Math.sin(n * 1.7);
                    return object(
                            "at_ms", AT_MS + 5_000L * (turn / 5 - RATES + 1 + i),
                            "assignments_per_s", n < 8 ? 0.0 : Math.round(1_240 + 260 * wave),
                            "waiting_p50_ms", n < 8 ? null : Math.round(740 + 160 * wave),
                            "waiting_p99_ms", n < 8 ? null : Math.round(2_350 + 420 * Math.cos(n / 6.0) + 120 * wave));
                })
                .toList();
    }

    private Map<String, Object> window(int turn) {
        return object(
                "capacity",
                1_024,
                "used",
                active == 0 ? 0 : 1_024 - 7 * (turn % 9),
                "fresh",
                !trouble,
                "age_ms",
                active == 0 ? null : trouble ? 14_200 : 12,
                "breaker",
                trouble ? "open" : "closed",
                "partitions",
                IntStream.range(0, partitions)
                        .mapToObj(p -> object(
                                "partition",
                                p,
                                "used",
                                1_024 / partitions - (p * 37 + 11 * turn) % (1 + 512 / partitions),
                                "owner",
                                members == 0 ? null : "em-" + (1 + p % members)))
                        .toList());
    }

    private Map<String, Object> group() {
        return object(
                "id",
                "yardmaster-ems",
                "type",
                "consumer",
                "state",
                members == 0 ? "empty" : "stable",
                "members",
                IntStream.rangeClosed(1, members)
                        .mapToObj(m -> object(
                                "id", "em-" + m + "-6f0d",
                                "client_id", "em-" + m,
                                "host", "/10.0.1." + (20 + m),
                                "partitions",
                                        IntStream.range(0, partitions)
                                                .filter(p -> 1 + p % members == m)
                                                .boxed()
                                                .toList(),
                                "lag", 256 - 11 * m % 200))
                        .toList(),
                "lag",
                active == 0 ? 0 : 998);
    }

    private List<Map<String, Object>> shards(int turn) {
        return IntStream.range(0, shards)
                .mapToObj(shard -> {
                    boolean restores = trouble && shard == 2;
                    boolean orphaned = trouble && shard == 3;
                    boolean runs = !restores && !orphaned;
                    List<String> next = runs
                            ? IntStream.range(0, Math.min(20, active))
                                    .mapToObj(i -> id(shard, (i + turn) % active))
                                    .toList()
                            : List.of();
                    return object(
                            "partition", shard,
                            "instance", orphaned ? null : "10.0.0." + (5 + shard % 3) + ":7070",
                            "state", restores ? "restoring" : orphaned ? "unassigned" : "active",
                            "session", runs && active > 0 ? shard == 1 ? "1764035998000000101" : SESSION : null,
                            "active_jobs", runs ? active : 0,
                            "pending_jobs", runs ? pending : 0,
                            "finalizing_jobs", 0,
                            "paused_jobs", 0,
                            "buffered_tasks", runs ? active * 96L + pending * 118L : 0,
                            "assignments", runs && active > 0 ? 991_231 + 310 * turn : 0,
                            "cycle_length", runs ? active + 2.0 : 0.0,
                            "cursor_job", next.isEmpty() ? null : next.get(0),
                            "next_jobs", next,
                            "restoring", restores ? object("restored", 31_000 + 2_000 * turn, "total", 94_000) : null);
                })
                .toList();
    }

    private List<Map<String, Object>> groups(int turn) {
        return IntStream.rangeClosed(1, groups)
                .mapToObj(g -> object(
                        "group",
                        Integer.toString(g),
                        "active_jobs",
                        200 - g % 100,
                        "pending_jobs",
                        40 * g,
                        "buffered_tasks",
                        90_000 - 700 * g - 31 * turn,
                        "assignments",
                        19_000 * g % 87_000 + 31 * turn))
                .toList();
    }

    private List<Map<String, Object>> instances() {
        return IntStream.range(0, Math.min(3, shards))
                .mapToObj(i -> {
                    boolean away = trouble && i == 2;
                    List<Integer> active = IntStream.range(0, shards)
                            .filter(shard -> shard % 3 == i && !(trouble && shard == 3))
                            .boxed()
                            .toList();
                    List<Integer> standby = shards == 1
                            ? List.of()
                            : IntStream.range(0, shards)
                                    .filter(shard -> shard % 3 == (i + 1) % 3)
                                    .boxed()
                                    .toList();
                    return object(
                            "instance", "10.0.0." + (5 + i) + ":7070",
                            "reachable", !away,
                            "version", away ? null : "0.1.0",
                            "up_since_ms", away ? null : AT_MS - 86_400_000L / (1 + 40L * i),
                            "state", away ? null : trouble && i == 1 ? "rebalancing" : "running",
                            "active", away ? List.of() : active,
                            "standby", away ? List.of() : standby,
                            "restoring",
                                    trouble && i == 1
                                            ? List.of(object("partition", 2, "restored", 31_000, "total", 94_000))
                                            : List.of());
                })
                .toList();
    }
}
