package io.yardmaster.torture.checker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The contents of the topics after a run, the checker's only input. Times are the brokers', in ms since 1970. */
record Evidence(
        List<Ready> ready,
        List<End> ends,
        List<Assigned> assigned,
        List<Taken> taken,
        CommandEvidence commands,
        List<ReportedOutcome> reported,
        List<LimitSet> limits,
        List<RateSet> rates,
        Map<Long, GraphPlan> graphs,
        int graphRecords) {

    /** Returns whether the job came as a graph. */
    boolean isGraph(long job) {
        return graphs.containsKey(job);
    }

    /** The shards of the jobs that came as graphs. */
    Map<Long, Integer> shardsOfGraphs() {
        return graphs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, graph -> graph.getValue()
                .shard()));
    }

    /** Returns the name of a pool's window among the limits, which is the key of the pool's entry in the policy. */
    static String limitOfPool(String pool) {
        return "pool/" + pool;
    }

    /** The groups that had a rate at some time. */
    Set<Long> ratedGroups() {
        return rates.stream()
                .filter(set -> set.perSecond() > 0)
                .map(RateSet::group)
                .collect(Collectors.toSet());
    }

    /** The policy gives a limit this capacity from this time on; 0 if it has the limit no more, or of a pool that is paused or gone. */
    record LimitSet(String limit, long time, long capacity) {}

    /** The policy gives a group this rate from this time on, in tasks a second; 0 if it has none any more. */
    record RateSet(long group, long time, double perSecond, long burst) {}

    /** A ready event at this offset of this shard's partition of the ready lane: tasks of a job can run. */
    record Ready(
            int shard,
            long offset,
            long time,
            long session,
            long job,
            long group,
            List<Integer> indices,
            int attempt) {}

    enum EndKind {
        COMMIT,
        CLEANUP,
        /** A cleanup event without a task. */
        ENDED
    }

    /** A commit or cleanup event: a job's last task can run, or there is none. */
    record End(EndKind kind, int shard, long offset, long time, long session, long job) {}

    enum Kind {
        TASK,
        COMMIT,
        CLEANUP
    }

    /**
     * An assignment of a committed transaction.
     *
     * @param partition of the dispatch topic or, with another number, of that of a pool
     * @param pool in whose topic it is; empty for the default one
     */
    record Assigned(
            int partition,
            long offset,
            long time,
            long id,
            long session,
            long epoch,
            long job,
            long group,
            Kind kind,
            int index,
            int attempt,
            String pool) {

        /** The unit that is assigned once, and again only after it was refused. */
        Unit unit() {
            return new Unit(session, job, kind, index, attempt);
        }
    }

    /** An attempt of a task, or the commit or cleanup task of a job. */
    record Unit(long session, long job, Kind kind, int index, int attempt) {
        @Override
        public String toString() {
            return "session %d, job %d, %s %d, attempt %d".formatted(session, job, kind, index, attempt);
        }
    }

    /**
     * The execution managers' group has committed this offset of this partition of the dispatch topic, or that of a pool.
     *
     * @param speakingSince the time since which only execution managers that write outcomes have owned the partition
     */
    record Taken(int partition, long offset, long time, long speakingSince) {
        /** The time since which one that writes none owns it. */
        static final long SILENT = Long.MAX_VALUE;

        /** By one that writes no outcomes. */
        Taken(int partition, long offset, long time) {
            this(partition, offset, time, SILENT);
        }
    }
}
