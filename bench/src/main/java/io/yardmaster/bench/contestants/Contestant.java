package io.yardmaster.bench.contestants;

import io.yardmaster.bench.process.CommandHandler;
import java.util.Arrays;

/** Everything that is measured, by the name under which it is started. */
public enum Contestant {
    /** A Streams topology that does nothing but copy: what Kafka itself can do. */
    COPY("copy"),
    /** The scheduler that one would write first. */
    STRAIGHTFORWARD("straightforward"),
    YARDMASTER("yardmaster"),
    /** What many would take instead. */
    SKIP_LOCKED("skip-locked"),
    DB_SCHEDULER("db-scheduler");

    private final String label;

    Contestant(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** What obeys the parent in the contestant's own JVM. */
    CommandHandler open() {
        return switch (this) {
            case COPY -> new StreamsContestant(config -> new PlainStreams(CopyTopology.build(config), config));
            case STRAIGHTFORWARD ->
                new StreamsContestant(config -> new PlainStreams(StraightforwardTopology.build(config), config));
            case YARDMASTER -> new StreamsContestant(RunningYardmaster::new);
            case SKIP_LOCKED -> new QueueContestant(SkipLockedQueue::new);
            case DB_SCHEDULER -> new QueueContestant(DbSchedulerQueue::new);
        };
    }

    static Contestant named(String label) {
        return Arrays.stream(values())
                .filter(contestant -> contestant.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contestant is called " + label));
    }
}
