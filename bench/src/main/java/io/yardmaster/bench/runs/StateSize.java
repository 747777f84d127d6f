package io.yardmaster.bench.runs;

import java.util.Locale;

/** The bytes of a buffered task. The changelog is counted as compaction leaves it. */
record StateSize(double heap, double rocksDb, double changelog) {

    double sum() {
        return heap + rocksDb + changelog;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.3f bytes per task: heap %.3f, RocksDB %.3f, changelog %.3f",
                sum(),
                heap,
                rocksDb,
                changelog);
    }
}
