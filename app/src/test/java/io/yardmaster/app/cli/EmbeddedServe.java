package io.yardmaster.app.cli;

import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.settings.LayeredSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts that {@code serve --embedded} runs, in this JVM. For tests of what a scheduler does; those of how the process starts, dies and is told
 * to stop have a {@link ServeProcess}, which takes three times the CPU time until it is ready.
 */
public final class EmbeddedServe implements AutoCloseable {
    private final RunningScheduler scheduler = new RunningScheduler();
    private final ServeProcess.Ready ready;

    private EmbeddedServe(LayeredSettings settings, Path data) {
        try {
            ready = ServeProcess.Ready.parse(scheduler.ready(scheduler.startEmbedded(settings, data, 0)));
        } catch (RuntimeException | AssertionError e) {
            scheduler.close();
            throw e;
        }
    }

    /**
     * Starts on free ports, and returns when events can be sent.
     *
     * @param directory for its data
     * @param settings in the form {@code KEY=VALUE}
     */
    public static EmbeddedServe start(Path directory, String... settings) {
        List<String> all = Stream.concat(Stream.of("http.listen=127.0.0.1:0"), Stream.of(settings))
                .toList();
        return new EmbeddedServe(LayeredSettings.load(Optional.empty(), Map.of(), all), directory.resolve("data"));
    }

    public ServeProcess.Ready ready() {
        return ready;
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
