package io.yardmaster.topology.policy;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every kind of entry that the policy has. */
public enum PolicyKind {
    /** A resource group. */
    GROUP(
            "group",
            "groups",
            "7",
            true,
            "(0|-?[1-9][0-9]{0,18})",
            "the id of a resource group, a whole number",
            "A resource group.",
            List.of(
                    PolicyField.number(
                            PolicyKind.WEIGHT,
                            0.001,
                            1_000,
                            "Its turns, with fairness=weighted or drf: a group of weight 2 gets two where one of weight 1 gets one. 1 unless"
                                    + " set. Of groups that have work, one gets at least 1/1024 of the turns of the heaviest."),
                    PolicyField.whole(
                            PolicyKind.MOST_TASKS,
                            1,
                            GraphLimits.UNITS,
                            "The most of its tasks that run at once, from their assignments on. No limit unless set."),
                    PolicyKind.rate(),
                    PolicyKind.burst(),
                    PolicyKind.stages(" That of default/group unless set."),
                    PolicyKind.preemptible(" As default/group says unless set."))),
    /** A named limit, which stages of graphs need. */
    LIMIT(
            "limit",
            "limits",
            "licence",
            false,
            GraphLimits.LIMIT_NAME,
            "the name of a limit, up to 64 of a-z, 0-9, '.', '_' and '-', the first a letter or digit",
            "A limit that stages of graphs name under needs.",
            List.of(PolicyField.whole(
                    PolicyKind.CAPACITY,
                    1,
                    GraphLimits.UNITS,
                    "The units that tasks may hold together, from their assignments to their ends. A graph that needs a limit that is not set, or more units"
                            + " than there are, is refused."))),
    /** A pool, which stages of graphs name. */
    POOL(
            "pool",
            "pools",
            "gpu",
            false,
            GraphLimits.POOL_NAME,
            "the name of a pool, up to 32 of a-z, 0-9 and '-', the first a letter or digit",
            "A part of the fleet with a topic and a group of its own, for stages that name it. Any field makes one: paused=false, say.",
            PoolFields.all()),
    /** The number of tasks, whichever they are. */
    TASKS(
            "tasks",
            "tasks",
            "all",
            false,
            "(all|job)",
            "all, for the tasks of all jobs together, or job, for those of any one job",
            "The number of tasks that run at once, from their assignments on.",
            List.of(PolicyField.whole(
                    PolicyKind.CAPACITY, 1, GraphLimits.UNITS, "The most of them. No limit unless set."))),
    /** The fallback for entries that leave a field out. */
    DEFAULT(
            "default",
            "defaults",
            "group",
            false,
            "(group)",
            "group, for the resource groups",
            "The choices of all resource groups whose own entries make none.",
            List.of(PolicyKind.stages(" arrival unless set."), PolicyKind.preemptible(" false unless set."))),
    /** A rule of retries. */
    RETRY(
            "retry",
            "retries",
            "10",
            true,
            "[1-9][0-9]{0,2}",
            "the number of a rule, from 1 to 999",
            "A rule of when tasks of graphs are tried again that have failed or were killed. Of the rules that match, the one with the lowest"
                    + " number decides, and not the stage; without one, the stage does.",
            List.of(
                    PolicyField.word(
                            PolicyKind.RESULT,
                            List.of("FAILED", "KILLED"),
                            "The rule is about tasks that ended so. Both unless set; a task that ran longer than its timeout has FAILED."),
                    PolicyField.text(
                            PolicyKind.REASON_BEGINS,
                            200,
                            "The rule is about outcomes whose reason begins so, such as 'ran longer than'. All unless set."),
                    PolicyField.whole(
                            PolicyKind.OF_GROUP,
                            -(1L << 53),
                            1L << 53,
                            "The rule is about the jobs of this resource group. All unless set."),
                    PolicyField.whole(
                            PolicyKind.ATTEMPTS,
                            1,
                            GraphLimits.ATTEMPTS,
                            "The number of times that a task is tried. 1 unless set, which means never again."),
                    PolicyField.whole(
                                    PolicyKind.BACKOFF,
                                    0,
                                    GraphLimits.TIME.toMillis(),
                                    "The time from the first failure of a task to its next attempt, in ms; it doubles with each further one. 0 unless"
                                            + " set.")
                            .ignoredWithout(PolicyKind.ATTEMPTS),
                    PolicyField.whole(
                                    PolicyKind.RETRIES_PER_JOB,
                                    0,
                                    1_000_000_000,
                                    "The number of further attempts that rules may allow the tasks of one job together. No limit unless set.")
                            .ignoredWithout(PolicyKind.ATTEMPTS)));

    static final String WEIGHT = "weight";
    static final String MOST_TASKS = "tasks";
    static final String CAPACITY = "capacity";
    static final String WINDOW = "window";
    /** The field that keeps a pool from being dispatched to. */
    public static final String PAUSED = "paused";

    /** The field that says who chooses the execution manager of a task. */
    public static final String PLACEMENT = "placement";

    /** The value of that field for the scheduler. */
    public static final String HOSTS = "hosts";

    static final String STRATEGY = "strategy";

    /** The field that says how many tasks of a pool lose their hosts to others. */
    public static final String PREEMPTIONS = "preemptions";

    static final String PREEMPTIBLE = "preemptible";
    static final long MOST_PREEMPTIONS = 10_000;
    static final String RATE = "rate";
    static final String BURST = "burst";
    static final String STAGES = "stages";
    static final String CRITICAL_PATH = "critical-path";
    static final String RESULT = "result";
    static final String REASON_BEGINS = "reason_begins";
    static final String OF_GROUP = "group";
    static final String ATTEMPTS = "attempts";
    static final String BACKOFF = "backoff_ms";
    static final String RETRIES_PER_JOB = "retries_per_job";

    private final String prefix;
    private final String section;
    private final String exampleId;
    private final boolean isNumbered;
    private final Pattern id;
    private final String idWords;
    private final String doc;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<PolicyField> fields;

    PolicyKind(
            String prefix,
            String section,
            String exampleId,
            boolean isNumbered,
            String id,
            String idWords,
            String doc,
            List<PolicyField> fields) {
        this.prefix = prefix;
        this.section = section;
        this.exampleId = exampleId;
        this.isNumbered = isNumbered;
        this.id = Pattern.compile(id);
        this.idWords = idWords;
        this.doc = doc;
        this.fields = fields;
    }

    static PolicyField rate() {
        return PolicyField.number(
                RATE,
                0.001,
                DispatchRate.MOST,
                "The most of its tasks that are offered in a second, in the long run. No limit unless set.");
    }

    static PolicyField burst() {
        return PolicyField.whole(
                        BURST,
                        1,
                        DispatchRate.MOST_BURST,
                        "With rate: as many tasks may be offered at once after a pause. 1 unless set. Each shard has its part, and at least 1.")
                .ignoredWithout(RATE);
    }

    private static PolicyField stages(String unless) {
        return PolicyField.word(
                STAGES,
                List.of("arrival", CRITICAL_PATH),
                "The order of the stages of a job that have the same priority: as they become ready, or first the one from which it is"
                        + " expected to take longest to the end of the job." + unless);
    }

    private static PolicyField preemptible(String unless) {
        return PolicyField.flag(
                PREEMPTIBLE,
                "true: its tasks may lose their hosts to tasks of higher priority, in pools whose entries have preemptions. It holds for tasks"
                        + " that are offered from then on." + unless);
    }

    /** The part of a key before the slash. */
    public String prefix() {
        return prefix;
    }

    /** The name of the object that holds such entries in a file. */
    public String section() {
        return section;
    }

    /** An example of a key. */
    public String example() {
        return prefix + "/" + exampleId;
    }

    /** Returns whether ids are numbers. */
    boolean isNumbered() {
        return isNumbered;
    }

    /** The ids that are allowed, as a regular expression. */
    public String idPattern() {
        return id.pattern();
    }

    /** The ids that are allowed, in words. */
    public String idWords() {
        return idWords;
    }

    /** An explanation for people. */
    public String doc() {
        return doc;
    }

    public List<PolicyField> fields() {
        return fields;
    }

    /** The kind with this prefix. */
    public static Optional<PolicyKind> ofPrefix(String prefix) {
        return Stream.of(values()).filter(kind -> kind.prefix.equals(prefix)).findFirst();
    }

    /** The kind with this section in files. */
    public static Optional<PolicyKind> ofSection(String section) {
        return Stream.of(values()).filter(kind -> kind.section.equals(section)).findFirst();
    }

    /**
     * The field of this name.
     *
     * @throws InvalidPolicyException if there is none; the message names the nearest one
     */
    public PolicyField field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "field", name, fields.stream().map(PolicyField::name).toList()));
    }

    /** A sentence for each of these fields of an entry that it cannot have as it is beside the others. */
    public List<String> mistakes(Map<String, Object> entry) {
        Stream<String> ignored = fields.stream().flatMap(field -> field.ignored(entry).stream());
        return this == POOL
                ? Stream.concat(ignored, PoolWindows.mistake(entry).stream()).toList()
                : ignored.toList();
    }

    /** Returns whether its entries may have a field of this name. */
    public boolean has(String field) {
        return fields.stream().anyMatch(known -> known.name().equals(field));
    }

    /**
     * The key with this id.
     *
     * @throws InvalidPolicyException if no such id is allowed
     */
    public PolicyKey key(String ownId) {
        if (!isId(ownId)) {
            throw new InvalidPolicyException(ownId + " must be " + idWords);
        }
        return new PolicyKey(this, ownId);
    }

    private boolean isId(String text) {
        if (!id.matcher(text).matches()) {
            return false;
        }
        try {
            return !isNumbered || Long.toString(Long.parseLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** An exception about a word that is none of the known ones; it names the nearest one. */
    public static InvalidPolicyException unknown(String what, String word, List<String> known) {
        return new InvalidPolicyException("unknown " + what + " " + word + ": "
                + Nearest.to(word, known)
                        .map(nearest -> "the nearest known one is " + nearest)
                        .orElse("must be " + String.join(" or ", known)));
    }
}
