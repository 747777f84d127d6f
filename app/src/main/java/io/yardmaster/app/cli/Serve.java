package io.yardmaster.app.cli;

import io.yardmaster.app.log.Logs;
import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.topology.config.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the scheduler. */
@Command(
        name = "serve",
        description = {
            "Run the scheduler until it is stopped with Ctrl-C or SIGTERM.",
            "Prints a line that begins with 'ready' when events can be sent."
        })
public final class Serve implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @ArgGroup(exclusive = false)
    private Embedded embedded;

    private static final class Embedded {
        @Option(
                names = "--embedded",
                required = true,
                description = "Bring a Kafka with its topics and a schema registry, for this machine only.")
        private boolean wanted;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "yardmaster-data",
                description = "Directory of all their data (default: ${DEFAULT-VALUE}). Survives restarts.")
        private Path data;

        @Option(
                names = "--port",
                paramLabel = "N",
                defaultValue = "9092",
                description = "Port of this Kafka on 127.0.0.1 (default: ${DEFAULT-VALUE}; 0: any free one).")
        private int port;
    }

    @Override
    public Integer call() throws InterruptedException {
        LayeredSettings settings = options.load();
        Logs.use(settings.read(Settings.LOG_FORMAT::in));
        try (RunningScheduler scheduler = new RunningScheduler()) {
            scheduler.closeOnSignal();
            if (embedded != null && embedded.wanted) {
                settings = scheduler.startEmbedded(settings, embedded.data, embedded.port);
            } else {
                scheduler.start(settings);
            }
            spec.commandLine().getOut().println(scheduler.ready(settings));
            spec.commandLine().getOut().flush();
            scheduler.awaitStopped();
        }
        return 0;
    }
}
