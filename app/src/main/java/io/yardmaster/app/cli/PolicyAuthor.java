package io.yardmaster.app.cli;

import io.yardmaster.schemas.CommandLimits;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options by which a change of the policy says who makes it, and why. */
final class PolicyAuthor {
    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description =
                    "A sentence for those who look at the policy later, up to " + CommandLimits.REASON + " characters.")
    private String reason = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Name of the person or program that makes the change, up to " + CommandLimits.BY
                    + " characters (default: the user of this process).")
    private Optional<String> by = Optional.empty();

    String by() {
        return by.orElseGet(() -> System.getProperty("user.name", ""));
    }

    String reason() {
        return reason;
    }

    void check(CommandSpec spec) {
        requireLength(spec, "--reason", reason, CommandLimits.REASON);
        requireLength(spec, "--by", by(), CommandLimits.BY);
    }

    private static void requireLength(CommandSpec spec, String option, String text, int most) {
        if (text.length() > most) {
            throw new ParameterException(
                    spec.commandLine(), option + ": has " + text.length() + " characters, must have at most " + most);
        }
    }
}
