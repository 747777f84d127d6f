package io.yardmaster.replay.fidelity;

import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.recording.DayEntry;
import io.yardmaster.replay.recording.RecordedEntries;
import io.yardmaster.replay.recording.RecordingHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a recording with the choices of the core, shard by shard, while it is read (R2). */
public final class OrderComparison {
    /** The time within which a shard may have read an event, unless said otherwise, in ms. */
    public static final long DEFAULT_SLACK_MS = 1_000;

    private OrderComparison() {}

    /**
     * Reads a recording to its end.
     *
     * @param policy the one that the deployment had
     * @param isChanged whether the policy is another one than that, and so counts also where the recording has each scheduler's own
     * @param slack time after its record's within which a shard may have read an event, in ms, 0 or more
     * @throws InvalidDayException if the recording cannot be read further
     */
    public static List<ShardOrder> of(RecordedEntries day, int shards, Policy policy, boolean isChanged, long slack) {
        List<ShardRun> replays = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            int number = shard;
            Optional<Policy> instead = isChanged ? Optional.of(policy) : Optional.empty();
            replays.add(
                    new ChosenRun(() -> new TickReplay(number, instead), () -> new ShardReplay(number, policy, slack)));
        }
        Optional<DayEntry> next = day.next();
        while (next.isPresent()) {
            DayEntry entry = next.get();
            if (entry instanceof DayEntry.Arrived arrived) {
                of(replays, arrived.shard()).accept(entry);
            } else if (entry instanceof DayEntry.Assigned assigned) {
                of(replays, assigned.shard()).accept(entry);
            } else {
                replays.forEach(replay -> replay.accept(entry));
            }
            next = day.next();
        }
        return replays.stream().map(ShardRun::end).toList();
    }

    /**
     * A sentence for each thing that decided the order of such a recording beside the core, and that it does not have.
     *
     * @param day read to its end
     * @param shards the comparison of it
     */
    public static List<String> limits(
            RecordingHeader header, Policy policy, RecordedEntries day, List<ShardOrder> shards) {
        List<String> limits = new ArrayList<>();
        if (!header.isWhole()) {
            limits.add(
                    "the recording does not begin with the first record: the scheduler had a state before it, which is not in it");
        }
        if (header.shards() > 1 && policy.fairness().isByGroup()) {
            limits.add(
                    "shards divide the turns of resource groups that have jobs in several of them, by shares that the recording does not have: some differences come from there");
        }
        if (day.limitsGroups()
                && shards.stream().anyMatch(shard -> shard.byTicks().isEmpty())) {
            limits.add(
                    "the policy had limits or rates of groups or jobs, orders of stages or rules of retries, which only record.ticks lets a comparison obey: some differences come from there");
        }
        return limits;
    }

    private static ShardRun of(List<ShardRun> replays, int shard) {
        if (shard < 0 || shard >= replays.size()) {
            throw new InvalidDayException(
                    "the recording has a record of shard %s, but %s shards".formatted(shard, replays.size()));
        }
        return replays.get(shard);
    }
}
