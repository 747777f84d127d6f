package io.yardmaster.app.cli;

import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the topology and the settings that {@code serve} would use; needs no Kafka. */
@Command(
        name = "describe",
        description =
                "Show the topology, each setting in effect with its origin, and all that the policy can have. Secrets are masked."
                        + " An instance has the part of the topology for hosts only if Kafka has their topics.")
public final class Describe implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Option(names = "--reference", description = "Show all settings as a Markdown table instead.")
    private boolean reference;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (reference) {
            SettingsTable.reference().forEach(out::println);
        } else {
            LayeredSettings settings = options.load();
            SchedulerConfig config = settings.scheduler();
            out.println(SchedulerService.describe(config).stripTrailing());
            out.println();
            SettingsTable.inEffect(settings).forEach(out::println);
            out.println();
            out.println(
                    "Policy, which changes at run time ('yardmaster policy get' shows what is set, 'yardmaster status' the use of limits):");
            PolicyReference.lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }
}
