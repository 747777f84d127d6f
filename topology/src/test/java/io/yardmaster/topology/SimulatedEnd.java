package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import java.util.HashSet;
import java.util.Set;

/** The end of a {@link Simulation}: all goes well until nothing is left to do, and the assignments are checked. */
final class SimulatedEnd {
    private static final int MOST_ROUNDS = 2_000;
    private static final int QUIET_ROUNDS = 3;
    private static final int ROUND_MS = 20;

    private final SimulatedDeployment all;

    SimulatedEnd(SimulatedDeployment all) {
        this.all = all;
    }

    void settle() {
        all.tell("settle", "no more accidents");
        if (all.graphs != null) {
            all.graphs.resumeAll();
        }
        if (all.operator != null) {
            all.operator.withdraw();
        }
        int quiet = 0;
        for (int round = 0; quiet < QUIET_ROUNDS; round++) {
            if (round == MOST_ROUNDS) {
                throw new AssertionError("S17: after " + MOST_ROUNDS + " rounds these are not dispatched: " + missing()
                        + "; outstanding " + all.broker.outstanding() + " of " + all.config.dispatchCapacity()
                        + "; the latest shares: "
                        + all.broker.latestShares());
            }
            all.now += ROUND_MS;
            int before = all.broker.dispatched.size();
            round();
            boolean done = all.broker.isAllProcessed()
                    && all.broker.dispatched.size() == before
                    && missing().isEmpty();
            quiet = done ? quiet + 1 : 0;
        }
        checkDispatched();
        if (all.graphs != null) {
            all.graphs.checkEnds();
        }
    }

    private void round() {
        all.abortOrphans();
        if (all.graphs != null) {
            all.graphs.answerAll();
        }
        for (int number = 0; number < all.instances.length; number++) {
            if (all.instances[number] == null) {
                all.start(number);
            }
            finishCommit(all.instances[number]);
        }
        all.assignShards(shard -> shard % all.instances.length);
        for (int number = 0; number < all.instances.length; number++) {
            runOnce(all.instances[number], all.skews[number]);
            all.checkWindow();
        }
        all.broker.partitions().forEach(partition -> all.takeFrom(partition, Integer.MAX_VALUE));
    }

    private void finishCommit(SimulatedInstance instance) {
        while (instance.commit() && instance.stage() != SimulatedInstance.Stage.RUNNING) {
            all.broker.markAll();
        }
        all.broker.markAll();
    }

    private void runOnce(SimulatedInstance instance, long skew) {
        instance.receiveAll();
        instance.refresh();
        for (SimulatedTask task : instance.tasks()) {
            for (int input = 0; input < SimulatedBroker.INPUTS; input++) {
                while (task.hasInput(input)) {
                    task.process(input, all.now);
                }
            }
            task.tick(all.now + skew);
        }
        finishCommit(instance);
    }

    private Set<String> missing() {
        Set<String> missing = all.forgets ? new HashSet<>() : all.storage.due();
        if (all.graphs != null) {
            missing.addAll(all.graphs.notEnded());
        }
        for (TaskAssignment made : all.broker.dispatched) {
            if (made.getSessionId() == all.storage.session()) {
                missing.remove(name(made));
            }
        }
        return missing;
    }

    private void checkDispatched() {
        Set<Long> ids = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (TaskAssignment made : all.broker.dispatched) {
            if (!ids.add(made.getAssignmentId())) {
                throw new AssertionError("S13: the id was there before: " + made);
            }
            if (SimulatedGraphs.isOne(made.getJobId())) {
                continue;
            }
            if (!all.forgets && !seen.add("session " + made.getSessionId() + " " + name(made))) {
                throw new AssertionError("S7: dispatched twice: " + made);
            }
            boolean newest = !all.forgets && made.getSessionId() == all.storage.session();
            if (newest && made.getTaskIndex() >= 0 && !all.storage.hasSent(name(made))) {
                throw new AssertionError("S7: never made ready: " + made);
            }
        }
    }

    private static String name(TaskAssignment made) {
        return SimulatedStorage.name(made.getJobId(), made.getKind(), made.getTaskIndex(), made.getAttempt());
    }
}
