package io.yardmaster.bench.contestants;

import java.util.Map;

/** An application of which all stream tasks run. Closing it leaves the group and keeps its state directory. */
interface RunningStreams extends AutoCloseable {
    /** The number of outcomes that it has counted. */
    long outcomesCounted();

    /** The state of its placement on hosts, as {@link PlacementFacts} names it. */
    Map<String, String> placement();

    /** The units of a limit that tasks hold at a moment, in all shards. */
    long used(String limit);

    @Override
    void close();
}
