package io.yardmaster.bench.failover;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The instance that goes on after the one that had the shard was killed. */
enum Mode {
    /** The same instance: something starts it again at once, on the same state directory. */
    RESTART("restart", 0, 1),
    /** Another instance, which has to restore the state first. */
    TAKEOVER("takeover", 0, 2),
    /** Another instance, which has a copy of the state. */
    STANDBY("standby", 1, 2);

    private final String label;
    private final int standbys;
    private final int instances;

    Mode(String label, int standbys, int instances) {
        this.label = label;
        this.standbys = standbys;
        this.instances = instances;
    }

    String label() {
        return label;
    }

    int standbys() {
        return standbys;
    }

    int instances() {
        return instances;
    }

    static String labels() {
        return Arrays.stream(values()).map(Mode::label).collect(Collectors.joining(", "));
    }

    /** Null if there is no such mode. */
    static Mode named(String label) {
        return Arrays.stream(values())
                .filter(mode -> mode.label.equals(label))
                .findFirst()
                .orElse(null);
    }
}
