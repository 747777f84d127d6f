package io.yardmaster.bench.contestants;

/** An application of which all stream tasks run. Closing it leaves the group and keeps its state directory. */
interface RunningStreams extends AutoCloseable {
    /** The number of outcomes that it has counted. */
    long outcomesCounted();

    @Override
    void close();
}
