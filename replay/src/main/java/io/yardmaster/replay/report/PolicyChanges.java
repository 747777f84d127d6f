package io.yardmaster.replay.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The groups that wait less, and those that wait longer, under one policy than under another.
 *
 * @param gained the groups whose mean wait shrank most, at most five
 * @param lost the groups whose mean wait grew most, at most five
 * @param better the number of groups that wait less
 * @param worse the number of groups that wait more
 */
public record PolicyChanges(
        String from, String to, List<GroupChange> gained, List<GroupChange> lost, int better, int worse) {
    private static final int MOST = 5;

    static PolicyChanges of(String from, RunFigures before, String to, RunFigures after) {
        List<GroupChange> changes = new ArrayList<>();
        for (GroupFigures group : before.groups()) {
            GroupFigures then = after.find(group.id());
            if (then != null) {
                changes.add(new GroupChange(
                        group.id(),
                        group.tasks(),
                        group.waits().mean(),
                        then.waits().mean()));
            }
        }
        Comparator<GroupChange> byGain = Comparator.comparingLong(change -> change.after() - change.before());
        List<GroupChange> gained = changes.stream()
                .filter(change -> change.after() < change.before())
                .sorted(byGain)
                .toList();
        List<GroupChange> lost = changes.stream()
                .filter(change -> change.after() > change.before())
                .sorted(byGain.reversed())
                .toList();
        return new PolicyChanges(from, to, first(gained), first(lost), gained.size(), lost.size());
    }

    private static List<GroupChange> first(List<GroupChange> changes) {
        return changes.stream().limit(MOST).toList();
    }
}
