package io.yardmaster.testkafka;

import java.util.UUID;

/** Somebody else's. It has seen other runs, so names carry this one's. */
final class RunningKafka implements TestKafka {
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    private final String bootstrapServers;

    RunningKafka(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public String unique(String name) {
        return name + "_" + RUN;
    }

    @Override
    public void close() {}
}
