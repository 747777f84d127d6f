package io.yardmaster.bench.peers;

import java.util.List;

/**
 * A text about which failures each of the schedulers survives. It is read from their documents and not measured here; Yardmaster's column is
 * what the torture and {@code yardmaster-bench failover} try.
 */
final class Survival {
    private static final String TABLE = AlignedRows.of(
            List.of(
                    List.of("survives", "Yardmaster", "Dask", "HyperQueue"),
                    List.of(
                            "kill -9 of the scheduler",
                            "yes: the state is in Kafka",
                            "no: running computations are lost",
                            "with --journal, but for its last seconds (1)"),
                    List.of(
                            "kill -9 of a worker",
                            "yes: tasks run again elsewhere",
                            "yes: also recomputes lost results (2)",
                            "yes: tasks run again elsewhere"),
                    List.of(
                            "a restart of everything",
                            "yes: jobs go on",
                            "no: nothing is persisted",
                            "with --journal; workers are started anew (1)")),
            true);

    private static final String SOURCES =
            """
            (1) The Python package, which is measured here, starts its cluster without a journal.
            (2) After a function has killed three workers it counts as bad.
            Yardmaster: docs/failover.md, docs/torture.md
            Dask: https://distributed.dask.org/en/stable/resilience.html
            HyperQueue: https://it4innovations.github.io/hyperqueue/stable/deployment/server/ and .../jobs/failure/
            """;

    private Survival() {}

    static String table() {
        return TABLE + SOURCES;
    }
}
