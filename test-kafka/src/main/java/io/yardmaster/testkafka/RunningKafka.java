package io.yardmaster.testkafka;

import java.util.UUID;

/** A Kafka that runs already. Other test runs may have used it, so that names end with the id of this run. */
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
