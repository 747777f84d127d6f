package io.yardmaster.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells others how assignments ended. Thread-safe. */
interface OutcomeWriter {
    /** Tells nobody, as rule O3 permits. */
    OutcomeWriter NONE = new OutcomeWriter() {
        @Override
        public void awaitWritable(StopRequest stop) {}

        @Override
        public Optional<OutcomeRecord> recordOf(Execution ended, Ending ending) {
            return Optional.empty();
        }

        @Override
        public void write(OutcomeRecord outcome, Consumer<Boolean> written) {
            throw new IllegalStateException("there is nothing to write: " + outcome);
        }

        @Override
        public void close(Duration limit) {}
    };

    /**
     * Returns once outcomes can be written, or a stop is requested.
     *
     * @throws OutcomesNotWrittenException if this execution manager may not write them, or nobody can
     */
    void awaitWritable(StopRequest stop) throws InterruptedException;

    /** Empty if there is nothing to tell. */
    Optional<OutcomeRecord> recordOf(Execution ended, Ending ending);

    /**
     * Does not wait, and calls back once, from any thread: true when the outcome is acknowledged, false when it will not
     * be any more.
     */
    void write(OutcomeRecord outcome, Consumer<Boolean> written);

    /** Calls back for all outcomes; waits at most this long for acknowledgements. */
    void close(Duration limit);
}
