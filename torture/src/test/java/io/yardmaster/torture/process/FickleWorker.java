package io.yardmaster.torture.process;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.ExecutionManager;
import io.yardmaster.client.HandlerContext;
import io.yardmaster.client.RetryPolicy;
import io.yardmaster.client.TaskFailedException;
import io.yardmaster.client.TaskRefusedException;
import io.yardmaster.torture.load.Payloads;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/**
 * The main class of an execution manager whose tasks end in all ways, by chance. Some reasons name the assignment, so that no
 * other event can be taken for its own; others are alike, so that events tell of ranges. Tasks of graphs may say how they end.
 */
final class FickleWorker {
    private static final int REFUSED_PERCENT = 6;
    private static final int FAILED_PERCENT = 12;
    private static final int BROKEN_PERCENT = 16;

    private final Duration work;
    private final Random random = new Random();

    private FickleWorker(Duration work) {
        this.work = work;
    }

    /** Takes the milliseconds that an assignment takes, the number of assignments at once, and settings as {@code key=value}. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        Map<String, String> settings = new HashMap<>();
        for (String setting : List.of(args).subList(2, args.length)) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        var worker = new FickleWorker(Duration.ofMillis(Long.parseLong(args[0])));
        ExecutionManager manager = ExecutionManager.builder()
                .settings(settings)
                .parallelism(Integer.parseInt(args[1]))
                .retries(new RetryPolicy(2, Duration.ofMillis(10), Duration.ofMillis(10)))
                .handler(worker::handle)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(manager::close, "stop"));
        manager.stopped().toCompletableFuture().get();
    }

    private void handle(Assignment assignment, HandlerContext context) throws Exception {
        if (context.awaitCancelled(work) || Payloads.decides(assignment)) {
            return;
        }
        String name = random.nextBoolean() ? " no. " + assignment.id() : "";
        int chance = random.nextInt(100);
        if (chance < REFUSED_PERCENT) {
            throw new TaskRefusedException("no room" + name);
        } else if (chance < FAILED_PERCENT) {
            throw new TaskFailedException("failed" + name);
        } else if (chance < BROKEN_PERCENT) {
            throw new IllegalStateException("broken" + name);
        }
    }
}
