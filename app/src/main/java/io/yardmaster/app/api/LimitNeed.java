package io.yardmaster.app.api;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitWait;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A limit for which a task waits (L10), with its use in the whole deployment.
 *
 * @param limit its key
 * @param needed the units that the task needs
 * @param used the units that are held or reserved; of the limit of each job, by its own tasks
 * @param capacity the units that there are
 * @param shardUsed the units that are held or reserved in the task's shard
 * @param shardCapacity the units that its shard may use
 * @param mostlyBy the resource group that holds more than half of the used units; empty if none does
 * @param obstacle of a pool, see {@link LimitAnswer}
 */
record LimitNeed(
        String limit,
        long needed,
        long used,
        long capacity,
        long shardUsed,
        long shardCapacity,
        Optional<String> mostlyBy,
        Optional<String> obstacle) {
    private static final String NAMED = LimitKeys.named("");

    /**
     * A need as its shard tells of it.
     *
     * @param limits those of the deployment
     */
    static LimitNeed of(LimitWait wait, List<LimitAnswer> limits) {
        Optional<LimitAnswer> whole = limits.stream()
                .filter(each -> each.limit().equals(wait.limit()))
                .findFirst();
        return new LimitNeed(
                wait.limit(),
                wait.needed(),
                whole.map(LimitAnswer::inUse).orElse(wait.used()),
                whole.map(LimitAnswer::capacity).orElse(wait.capacity()),
                wait.used(),
                wait.capacity(),
                whole.flatMap(LimitAnswer::mostlyBy),
                whole.flatMap(LimitAnswer::obstacle));
    }

    /** The end of the sentence "It waits for …": "2 of limit licence (50 of 50 in use, mostly by group 7)". */
    String words() {
        if (limit.startsWith(NAMED)) {
            String units = number(needed) + " of limit " + limit.substring(NAMED.length());
            if (needed > capacity) {
                return units + ", of which the policy has " + (capacity == 0 ? "none" : number(capacity) + " in all");
            }
            return units
                    + use(mostlyBy.map(group -> ", mostly by group " + group).orElse(""));
        }
        if (LimitKeys.isOfPool(limit)) {
            // Only a gang needs more than one.
            String places = needed == 1 ? "" : number(needed) + " places at once for a gang in ";
            return places + "pool " + LimitKeys.pool(limit)
                    + obstacle.map(why -> " (" + why + ")").orElseGet(() -> use(""));
        }
        if (LimitKeys.isRate(limit)) {
            return "the rate of " + LimitKeys.rated(limit)
                    + (capacity == 1 ? "" : ", whose burst of " + number(capacity) + " is used up");
        }
        if (LimitKeys.isOfGroup(limit)) {
            return "the limit of group " + LimitKeys.group(limit) + use("");
        }
        return limit.equals(LimitKeys.JOB)
                ? "the limit of each job" + use("")
                : "the limit of all tasks"
                        + use(mostlyBy.map(group -> ", mostly by group " + group)
                                .orElse(""));
    }

    private String use(String mostly) {
        String inShard =
                used + needed > capacity ? "" : "; in its shard " + number(shardUsed) + " of " + number(shardCapacity);
        return " (" + number(used) + " of " + number(capacity) + " in use" + mostly + inShard + ")";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
