package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.contestants.QueueContestant;
import java.util.Map;

/** Puts tasks into a queue in PostgreSQL and takes them out at the same time. */
final class QueueRound {
    /** A setting of a side: the number of threads that work on tasks. */
    static final String THREADS = QueueContestant.THREADS;

    private final BenchCluster cluster;

    QueueRound(BenchCluster cluster) {
        this.cluster = cluster;
    }

    static boolean isFor(Side side) {
        return side.contestant() == Contestant.SKIP_LOCKED || side.contestant() == Contestant.DB_SCHEDULER;
    }

    Throughput run(Side side) {
        long tasks = side.workload().tasks();
        Map<String, String> answer = cluster.jvm(side)
                .call(
                        QueueContestant.RUN,
                        Map.of(
                                QueueContestant.TASKS,
                                Long.toString(tasks),
                                QueueContestant.THREADS,
                                side.settings().getOrDefault(THREADS, "1"),
                                QueueContestant.DIRECTORY,
                                cluster.directory(side.contestant().label()).toString()));
        double nanos = Double.parseDouble(answer.get(QueueContestant.NANOS));
        return new Throughput(tasks * 1e9 / nanos, Double.NaN, 0);
    }
}
