package io.yardmaster.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An execution manager in a process of its own, which takes all that it can hold, finishes nothing, and can be killed.
 */
final class HoldingProcess implements AutoCloseable {
    private final Process process;
    private final Queue<Long> held = new ConcurrentLinkedQueue<>();

    private HoldingProcess(Process process) {
        this.process = process;
    }

    static HoldingProcess start(Map<String, String> settings, int parallelism) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds.
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HoldingProcess.class.getName(),
                Integer.toString(parallelism)));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        var started = new HoldingProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        var reader = new Thread(started::readHeld, "held-elsewhere");
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    /** The ids of the assignments it holds. */
    List<Long> held() {
        return List.copyOf(held);
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    private void readHeld() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().map(Long::valueOf).forEach(held::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the parallelism and then settings, as key=value. */
    public static void main(String[] args) {
        var settings = new HashMap<String, String>();
        for (String setting : List.of(args).subList(1, args.length)) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        ExecutionManager.builder()
                .settings(settings)
                .parallelism(Integer.parseInt(args[0]))
                .handler((assignment, context) -> {
                    System.out.println(assignment.id());
                    context.awaitCancelled(Duration.ofMinutes(5));
                })
                .start()
                .stopped()
                .toCompletableFuture()
                .join();
    }
}
