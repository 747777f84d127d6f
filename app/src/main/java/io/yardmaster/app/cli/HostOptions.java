package io.yardmaster.app.cli;

import io.yardmaster.app.work.HostAmounts;
import io.yardmaster.client.HostProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of an execution manager that works as a host. */
final class HostOptions {
    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = {
                "Work as a host of a pool (--pool), in no group: say every two seconds what it has, and run the tasks that the",
                "scheduler places on it. The policy of the pool must say placement=hosts. The name must be unique in its pool."
            })
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--has",
            split = ",",
            paramLabel = "cpu=8,memory=32GiB",
            description =
                    "The amounts that the tasks on the host may have together; cpu and memory are this machine's unless given.")
    private List<String> has = List.of();

    @Option(
            names = "--label",
            paramLabel = "zone=a",
            description = "A label of the host, for tasks that ask for one. Can be repeated.")
    private List<String> labels = List.of();

    /**
     * The host that the options describe; empty if there is no {@code --host}.
     *
     * @throws ParameterException for an invalid value, or an option that needs {@code --host}
     */
    Optional<HostProfile> profile(CommandLine command) {
        if (name.isEmpty()) {
            require(command, has.isEmpty(), "--has: only a host has resources, see --host");
            require(command, labels.isEmpty(), "--label: only a host has labels, see --host");
            return Optional.empty();
        }
        Map<String, Long> amounts;
        try {
            amounts = HostAmounts.of(has);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--has: " + e.getMessage());
        }
        try {
            return Optional.of(new HostProfile(name.get(), amounts, labels(command)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--host: " + e.getMessage());
        }
    }

    private Map<String, String> labels(CommandLine command) {
        Map<String, String> parsed = new TreeMap<>();
        for (String label : labels) {
            int sign = label.indexOf('=');
            require(command, sign > 0, "--label=" + label + ": must be NAME=VALUE");
            String before = parsed.put(label.substring(0, sign), label.substring(sign + 1));
            require(command, before == null, "--label: " + label.substring(0, Math.max(0, sign)) + " is there twice");
        }
        return parsed;
    }

    private static void require(CommandLine command, boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(command, otherwise);
        }
    }
}
