package io.yardmaster.bench.process;

import io.yardmaster.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Map;

/** The main class of the broker's JVM. */
public final class BrokerProcess implements CommandHandler {
    public static final String START = "start";
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String DIRECTORY = "directory";

    private EmbeddedKafka kafka;

    private BrokerProcess() {}

    public static void main(String[] args) throws Exception {
        CommandLoop.serve(new BrokerProcess());
        System.exit(0);
    }

    @Override
    public Map<String, String> handle(String command, Map<String, String> arguments) {
        if (!command.equals(START)) {
            throw new IllegalArgumentException("a broker knows no command " + command);
        }
        kafka = EmbeddedKafka.start(Path.of(arguments.get(DIRECTORY)), 0);
        return Map.of(BOOTSTRAP_SERVERS, kafka.bootstrapServers());
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.close();
        }
    }
}
