package io.yardmaster.bench.fairness;

import io.yardmaster.bench.process.BrokerProcess;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.process.JvmOptions;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The broker and the instances' JVMs of all deployments measured. */
final class Rig implements AutoCloseable {
    private final Path work;
    private final ChildJvm broker;
    private final String bootstrapServers;
    private final Admin admin;
    private final Instances instances;
    private int rounds;

    /**
     * Starts a broker in a JVM of its own.
     *
     * @param work an empty directory for data
     * @param output an existing directory for logs
     */
    Rig(Path work, Path output) {
        this.work = work;
        broker = new ChildJvm("broker", output.resolve("broker.log"), JvmOptions.BROKER, BrokerProcess.class);
        bootstrapServers = broker.call(
                        BrokerProcess.START,
                        Map.of(BrokerProcess.DIRECTORY, work.resolve("kafka").toString()))
                .get(BrokerProcess.BOOTSTRAP_SERVERS);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        instances = new Instances(output);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    Admin admin() {
        return admin;
    }

    Instances instances() {
        return instances;
    }

    Path directory(String name) {
        return work.resolve(name);
    }

    /** A name that was not used before. */
    String nextRound() {
        return "fairness" + ++rounds;
    }

    @Override
    public void close() {
        instances.close();
        admin.close();
        broker.close();
    }
}
