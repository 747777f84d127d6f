package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.policy.PolicyChange;
import io.yardmaster.app.policy.PolicyFile;
import io.yardmaster.app.policy.PolicySchema;
import io.yardmaster.app.policy.PolicyTopic;
import io.yardmaster.app.replay.PolicyPreview;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.report.ReplayTable;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.policy.PolicyKey;
import io.yardmaster.topology.policy.PolicyRow;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and changes the policy; the subcommands are its methods. */
@Command(
        name = "policy",
        description = {
            "Show or change the policy: choices that are in force on all instances within a second, for what waits, too.",
            "A KEY is such as group/7 or limit/licence; 'yardmaster describe' explains each kind of key and its fields."
        },
        synopsisSubcommandLabel = "COMMAND")
public final class PolicyCommand implements Runnable {
    private final LongSupplier clock;

    @Spec
    private CommandSpec spec;

    /** For the command line. */
    public PolicyCommand() {
        this(System::currentTimeMillis);
    }

    /** @param clock epoch ms */
    PolicyCommand(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing required subcommand: get, set, unset, apply, check, diff or schema");
    }

    @Command(
            description =
                    "Print all entries, or one: its fields, who set it, when and why. Exit code 1 if it is not set.")
    int get(
            @Mixin SettingsOptions options,
            @Parameters(paramLabel = "KEY", index = "0", arity = "0..1", description = "An entry, such as group/7.")
                    Optional<String> key) {
        Optional<PolicyKey> wanted = key.map(PolicyKey::parse);
        SchedulerConfig config = open(options, Role.POLICY_READER);
        try (PolicyTopic topic = new PolicyTopic(config)) {
            SortedMap<PolicyKey, PolicyRow> rows = topic.read(this::complain);
            if (wanted.isPresent() && !rows.containsKey(wanted.get())) {
                complain(wanted.get() + " is not set");
                return ExitCode.SOFTWARE;
            }
            rows.values().stream()
                    .filter(row -> wanted.isEmpty() || wanted.get().equals(row.key()))
                    .forEach(row -> print(line(row)));
            return ExitCode.OK;
        }
    }

    private static String line(PolicyRow row) {
        String reason = row.reason().isEmpty() ? "" : ": " + row.reason();
        return "%s %s  (%s by %s%s)"
                .formatted(
                        row.key(),
                        row.fieldsText(),
                        Instant.ofEpochMilli(row.atMs()),
                        row.by().isEmpty() ? "nobody named" : row.by(),
                        reason);
    }

    @Command(description = "Set fields of an entry. Its other fields stay as they are.")
    int set(
            @Mixin SettingsOptions options,
            @Mixin PolicyAuthor author,
            @Parameters(paramLabel = "KEY", index = "0", description = "An entry, such as group/7.") String key,
            @Parameters(
                            paramLabel = "FIELD=VALUE",
                            index = "1..*",
                            arity = "1..*",
                            description = "A field and its value, such as weight=2.")
                    List<String> assignments)
            throws InterruptedException {
        author.check(subcommand("set"));
        PolicyKey entry = PolicyKey.parse(key);
        SortedMap<String, Object> fields = new TreeMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                throw new ParameterException(
                        subcommand("set").commandLine(), assignment + ": must be FIELD=VALUE, such as weight=2");
            }
            String field = assignment.substring(0, equals);
            fields.put(field, entry.kind().field(field).parse(assignment.substring(equals + 1)));
        }
        SchedulerConfig config = open(options, Role.POLICY_WRITER);
        try (PolicyTopic topic = new PolicyTopic(config)) {
            SortedMap<PolicyKey, PolicyRow> now = topic.read(this::complain);
            SortedMap<PolicyKey, SortedMap<String, Object>> wanted = fields(now);
            SortedMap<String, Object> changed = wanted.computeIfAbsent(entry, none -> new TreeMap<>());
            changed.putAll(fields);
            entry.kind().mistakes(changed).stream().findFirst().ifPresent(problem -> {
                throw new InvalidInputException(entry + ": " + problem);
            });
            return change(topic, now, wanted, author);
        }
    }

    @Command(description = "Withdraw an entry, so that its defaults hold. Exit code 1 if it is not set.")
    int unset(
            @Mixin SettingsOptions options,
            @Mixin PolicyAuthor author,
            @Parameters(paramLabel = "KEY", index = "0", description = "An entry, such as group/7.") String key)
            throws InterruptedException {
        author.check(subcommand("unset"));
        PolicyKey entry = PolicyKey.parse(key);
        SchedulerConfig config = open(options, Role.POLICY_WRITER);
        try (PolicyTopic topic = new PolicyTopic(config)) {
            SortedMap<PolicyKey, PolicyRow> now = topic.read(this::complain);
            if (!now.containsKey(entry)) {
                complain(entry + " is not set");
                return ExitCode.SOFTWARE;
            }
            SortedMap<PolicyKey, SortedMap<String, Object>> wanted = fields(now);
            wanted.remove(entry);
            return change(topic, now, wanted, author);
        }
    }

    @Command(
            description = {
                "Make the policy equal to a file, and print each change.",
                "Entries that differ are set, those that the file does not have are withdrawn, the others keep who set them and when.",
                "Entries that this version does not know stay."
            })
    int apply(
            @Mixin SettingsOptions options,
            @Mixin PolicyAuthor author,
            @Parameters(paramLabel = "FILE", index = "0", description = "A YAML file: groups: {7: {weight: 2}}.")
                    Path file)
            throws InterruptedException {
        author.check(subcommand("apply"));
        SortedMap<PolicyKey, SortedMap<String, Object>> wanted = PolicyFile.read(file);
        SchedulerConfig config = open(options, Role.POLICY_WRITER);
        try (PolicyTopic topic = new PolicyTopic(config)) {
            return change(topic, topic.read(this::complain), wanted, author);
        }
    }

    @Command(
            description = {
                "Check a file as 'apply' would; needs no Kafka.",
                "With --replay it also prints how long the groups would have waited on a recorded day, beside the policy that was in",
                "force at its end, who gains and loses most, and how much of each limit is in use. Nothing is changed."
            })
    int check(
            @Mixin SettingsOptions options,
            @Parameters(paramLabel = "FILE", index = "0", description = "A YAML file.") Path file,
            @Option(
                            names = "--replay",
                            paramLabel = "DAY",
                            description = {
                                "A file that 'replay record' made, or yesterday or today (in UTC): the topics of the deployment are read",
                                "then, for which Kafka is needed."
                            })
                    Optional<String> day,
            @Option(
                            names = "--slots",
                            paramLabel = "N",
                            description =
                                    "With --replay: the size of the fleet (default: the most tasks that ran at once on that day, by its outcomes).")
                    Optional<Integer> slots)
            throws IOException {
        if (slots.isPresent() && day.isEmpty()) {
            throw new ParameterException(
                    subcommand("check").commandLine(),
                    "--slots=%s: is the size of the fleet of a replay: give --replay, too".formatted(slots.get()));
        }
        SortedMap<PolicyKey, SortedMap<String, Object>> wanted = PolicyFile.read(file);
        if (slots.isPresent() && (slots.get() < 1 || slots.get() > ModelFleet.MOST_SLOTS)) {
            throw new ParameterException(
                    subcommand("check").commandLine(),
                    "--slots=%s: must be from 1 to %s".formatted(slots.get(), ModelFleet.MOST_SLOTS));
        }
        print("%s: %s entries, no mistakes".formatted(file, wanted.size()));
        if (day.isPresent()) {
            try (RecordedDays recorded = RecordedDays.of(day.get(), options, clock.getAsLong(), this::complain)) {
                OptionalInt size = slots.isPresent() ? OptionalInt.of(slots.get()) : OptionalInt.empty();
                print("");
                print(ReplayTable.brief(PolicyPreview.of(
                                recorded.file(), String.valueOf(file.getFileName()), wanted, size, this::complain))
                        .stripTrailing());
            }
        }
        return ExitCode.OK;
    }

    @Command(description = "Print the changes that 'apply' would make. Exit code 1 if there are any.")
    int diff(
            @Mixin SettingsOptions options,
            @Parameters(paramLabel = "FILE", index = "0", description = "A YAML file.") Path file) {
        SortedMap<PolicyKey, SortedMap<String, Object>> wanted = PolicyFile.read(file);
        SchedulerConfig config = open(options, Role.POLICY_READER);
        try (PolicyTopic topic = new PolicyTopic(config)) {
            List<PolicyChange> changes = PolicyChange.between(topic.read(this::complain), wanted);
            changes.forEach(change -> print(change.line()));
            return changes.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    @Command(description = "Print the JSON schema of files, for an editor.")
    int schema() {
        print(PolicySchema.text().stripTrailing());
        return ExitCode.OK;
    }

    private int change(
            PolicyTopic topic,
            SortedMap<PolicyKey, PolicyRow> now,
            SortedMap<PolicyKey, SortedMap<String, Object>> wanted,
            PolicyAuthor author)
            throws InterruptedException {
        if (wanted.size() > LivePolicies.MOST_ENTRIES) {
            complain("the policy may have " + LivePolicies.MOST_ENTRIES + " entries, and has as many");
            return ExitCode.SOFTWARE;
        }
        Optional<String> tooMany = PolicySnapshot.tooMany(wanted, topic.shards());
        if (tooMany.isPresent()) {
            complain("the policy " + tooMany.get());
            return ExitCode.SOFTWARE;
        }
        List<PolicyChange> changes = PolicyChange.between(now, wanted);
        topic.write(changes, author.by(), author.reason(), clock.getAsLong());
        changes.forEach(change -> print(change.line()));
        if (changes.isEmpty()) {
            print("nothing to change");
        }
        return ExitCode.OK;
    }

    private static SortedMap<PolicyKey, SortedMap<String, Object>> fields(SortedMap<PolicyKey, PolicyRow> rows) {
        SortedMap<PolicyKey, SortedMap<String, Object>> fields = new TreeMap<>();
        rows.forEach((key, row) -> fields.put(key, new TreeMap<>(row.fields())));
        return fields;
    }

    private static SchedulerConfig open(SettingsOptions options, Role role) {
        SchedulerConfig config = Requirements.withKafkaAndRegistry(options.load());
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.check(role);
        }
        return config;
    }

    private CommandSpec subcommand(String name) {
        return spec.subcommands().get(name).getCommandSpec();
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private void complain(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("yardmaster: " + line);
        err.flush();
    }
}
