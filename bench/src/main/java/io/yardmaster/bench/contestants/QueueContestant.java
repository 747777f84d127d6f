package io.yardmaster.bench.contestants;

import io.yardmaster.bench.process.CommandHandler;
import java.nio.file.Path;
import java.util.Map;

/** A queue on a PostgreSQL of its own, which is started with the first round and goes on until the end. */
public final class QueueContestant implements CommandHandler {
    public static final String RUN = "run";
    public static final String DIRECTORY = "directory";
    public static final String TASKS = "tasks";
    public static final String THREADS = "threads";

    /** From the first task put in to the last one done. */
    public static final String NANOS = "nanos";

    /** Makes a queue on a server. */
    interface Opener {
        DurableQueue open(QueueDatabase server) throws Exception;
    }

    private final Opener opener;
    private QueueDatabase server;
    private DurableQueue queue;

    QueueContestant(Opener opener) {
        this.opener = opener;
    }

    @Override
    public Map<String, String> handle(String command, Map<String, String> arguments) throws Exception {
        if (!command.equals(RUN)) {
            throw new IllegalArgumentException("a queue knows no command " + command);
        }
        if (queue == null) {
            server = QueueDatabase.start(Path.of(arguments.get(DIRECTORY)));
            queue = opener.open(server);
        }
        long start = System.nanoTime();
        queue.run(Long.parseLong(arguments.get(TASKS)), Integer.parseInt(arguments.get(THREADS)));
        return Map.of(NANOS, Long.toString(System.nanoTime() - start));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
