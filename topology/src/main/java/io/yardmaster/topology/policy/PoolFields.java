package io.yardmaster.topology.policy;

import io.yardmaster.schemas.GraphLimits;
import java.util.List;

/** The fields of the entry of a pool. */
final class PoolFields {
    private PoolFields() {}

    static List<PolicyField> all() {
        return List.of(
                PolicyField.flag(
                        PolicyKind.PAUSED,
                        "true: nothing of it is dispatched, and tasks that run go on. Without the entry there is no pool, and tasks that"
                                + " wait for it go on waiting."),
                PolicyField.whole(
                        PolicyKind.WINDOW,
                        1,
                        GraphLimits.UNITS,
                        "The most assignments that its execution managers have not finished; with placement=hosts, those that wait for a host"
                                + " count, too, and it is 100000 at most. As dispatch.capacity unless set, and 1024 if that is auto; with"
                                + " placement=hosts 10000 or more."),
                PolicyField.whole(
                        PolicyKind.MOST_TASKS,
                        1,
                        GraphLimits.UNITS,
                        "The most of its tasks that run at once, from their assignments on. Like the window, of which the smaller holds; no"
                                + " limit unless set."),
                PolicyKind.rate(),
                PolicyKind.burst(),
                PolicyField.word(
                        PolicyKind.PLACEMENT,
                        List.of("group", PolicyKind.HOSTS),
                        "group: its execution managers are a group, and each takes tasks when it can. hosts: they are hosts, each of which"
                                + " says what it has, and the scheduler chooses one for each task. group unless set."),
                PolicyField.word(
                                PolicyKind.STRATEGY,
                                PoolStrategies.NAMES,
                                "With placement=hosts: the choice among the hosts that have room for a task. best-fit: one without free"
                                        + " resources that the task does not need, then the one with the fewest free cores, then the one with the"
                                        + " most free memory, which leaves whole hosts free for large tasks and gangs. e-pvm: the one whose"
                                        + " resources the task makes least scarce, which spreads tasks and strands no resource. spread: the one"
                                        + " whose most used resource is used least. best-fit unless set.")
                        .ignoredWithout(PolicyKind.PLACEMENT, PolicyKind.HOSTS),
                PolicyField.whole(
                                PolicyKind.PREEMPTIONS,
                                1,
                                PolicyKind.MOST_PREEMPTIONS,
                                "With placement=hosts: the most of its preemptible tasks that lose their hosts in a minute, in the long run and at once,"
                                        + " to tasks of higher priority that have no room. They wait for a host again. None unless set.")
                        .ignoredWithout(PolicyKind.PLACEMENT, PolicyKind.HOSTS));
    }
}
