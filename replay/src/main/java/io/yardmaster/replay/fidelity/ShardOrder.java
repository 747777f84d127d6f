package io.yardmaster.replay.fidelity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The comparison of one shard.
 *
 * @param assignments that the recording has of the shard
 * @param explained those of them that the core makes in the recorded order if the shard read some events later than their times,
 *     within the slack
 * @param older those of them that are of jobs of which the recording has no event before
 * @param missing numbers of assignments that the recording does not have between its first and its last one
 * @param differences those that the core makes at another place, whichever events it has read by then
 * @param first of the differences
 * @param byTicks there if the recording has each tick
 * @param uncompared there if the times of the records do not tell the order up to the end of the recording
 */
public record ShardOrder(
        int shard,
        long assignments,
        long explained,
        long older,
        long missing,
        long differences,
        Optional<FirstDifference> first,
        Optional<ByTicks> byTicks,
        Optional<Uncompared> uncompared) {
    /**
     * A comparison tick by tick.
     *
     * @param notReplayed assignments that could not be replayed
     * @param stopped the reason for that; empty if the recording just ends before what was read for them, or lacks assignments before them
     * @param otherwise the first decisions that differ of those that are no assignments
     */
    public record ByTicks(long notReplayed, Optional<String> stopped, Optional<String> otherwise) {}

    /**
     * Assignments whose order the times of the records do not tell.
     *
     * @param assignments the number of them
     * @param from the time of the first of them that may be one, in epoch ms
     * @param reason what holds assignments up from that time on
     */
    public record Uncompared(long assignments, long from, String reason) {}

    /** Returns whether the core explains all that was seen and compared. */
    public boolean isExplained() {
        return differences == 0
                && byTicks.flatMap(ByTicks::stopped).isEmpty()
                && byTicks.flatMap(ByTicks::otherwise).isEmpty();
    }

    /** For people, one line, and one more for the first difference. */
    public List<String> lines() {
        return byTicks.isPresent() ? linesByTicks(byTicks.get()) : linesByTimes();
    }

    private List<String> linesByTicks(ByTicks ticks) {
        List<String> lines = new ArrayList<>();
        lines.add("shard %s: tick by tick, of %s assignments %s are the core's, %s differ%s%s"
                .formatted(
                        shard,
                        assignments,
                        assignments - differences - ticks.notReplayed(),
                        differences,
                        notReplayed(ticks),
                        missing > 0 ? ", " + missing + " missing" : ""));
        ticks.stopped().ifPresent(reason -> lines.add("shard %s: the replay stops: %s".formatted(shard, reason)));
        ticks.otherwise().ifPresent(what -> lines.add("shard %s: %s".formatted(shard, what)));
        if (first.isPresent()) {
            lines.add(firstDifference(first.get()));
            lines.add(
                    "shard %s: the events and ticks are the same: another version or policy decided, or the scheduler has an error"
                            .formatted(shard));
        }
        return lines;
    }

    private String notReplayed(ByTicks ticks) {
        String lacking = missing > 0 ? "lacks assignments before them" : "ends before what was read for them";
        String reason = ticks.stopped().isPresent() ? "" : ", as the recording " + lacking;
        return ticks.notReplayed() > 0 ? ", " + ticks.notReplayed() + " could not be replayed" + reason : "";
    }

    private String firstDifference(FirstDifference found) {
        return "shard %s: the first difference is assignment %s at %s: the shard chose %s, the core %s"
                .formatted(
                        shard,
                        found.number(),
                        Instant.ofEpochMilli(found.at()),
                        found.recorded(),
                        found.replayed().map(Object::toString).orElse("has nothing to offer"));
    }

    private List<String> linesByTimes() {
        List<String> lines = new ArrayList<>();
        long left = uncompared.map(Uncompared::assignments).orElse(0L);
        long same = assignments - explained - older - differences - left;
        StringBuilder line =
                new StringBuilder("shard %s: %s assignments, %s in the core's order, %s explained by ticks, %s differ"
                        .formatted(shard, assignments, same, explained, differences));
        if (older > 0) {
            line.append(", ").append(older).append(" of jobs that are older than the recording");
        }
        if (missing > 0) {
            line.append(", ").append(missing).append(" missing");
        }
        if (left > 0) {
            line.append(", ").append(left).append(" not compared");
        }
        lines.add(line.toString());
        uncompared.ifPresent(end -> lines.add("shard %s: the comparison ends at %s: %s"
                .formatted(shard, Instant.ofEpochMilli(end.from()), end.reason())));
        first.ifPresent(found -> lines.add(firstDifference(found)));
        return lines;
    }
}
