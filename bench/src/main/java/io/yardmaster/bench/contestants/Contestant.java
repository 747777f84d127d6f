package io.yardmaster.bench.contestants;

import io.yardmaster.bench.process.CommandHandler;
import java.util.Arrays;

/** The measured applications, by the names under which they are started. */
public enum Contestant {
    /** A Streams topology that only copies: the bound that Kafka itself sets. */
    COPY("copy"),
    /** The scheduler that one would write first. */
    STRAIGHTFORWARD("straightforward"),
    YARDMASTER("yardmaster"),
    /** A queue that many would use instead. */
    SKIP_LOCKED("skip-locked"),
    DB_SCHEDULER("db-scheduler");

    private final String label;

    Contestant(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The handler of the parent's commands in the contestant's own JVM. */
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
