package io.yardmaster.app.cli;

import io.yardmaster.app.access.Role;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.app.topics.TopicsException;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes and checks the topics; the two subcommands are its methods. */
@Command(name = "topics", description = "Create or check the scheduler's topics.", synopsisSubcommandLabel = "COMMAND")
public final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: create or check");
    }

    @Command(description = "Create the missing topics. If an existing one is not as it must be, create none.")
    int create(
            @Mixin SettingsOptions options,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            description =
                                    "Partitions of each of the three lanes, of graphs, commands, outcomes and events, and of the"
                                            + " topics of --hosts (default: as many as the lanes that exist have, else "
                                            + TopicPlan.DEFAULT_LANE_PARTITIONS
                                            + "). As many stream tasks can share the work; one gives the strictest order.")
                    Optional<Integer> partitions,
            @Option(
                            names = "--dispatch-partitions",
                            paramLabel = "N",
                            description = "Partitions of the dispatch topic (default: "
                                    + TopicPlan.DEFAULT_DISPATCH_PARTITIONS
                                    + "; for a share group as many as the lanes). "
                                    + "As many execution managers of a consumer group can work at once.")
                    Optional<Integer> dispatchPartitions,
            @Option(
                            names = "--replication",
                            paramLabel = "N",
                            description = "Copies of each topic (default: as the brokers are configured).")
                    Optional<Short> replication,
            @Option(
                            names = "--pool",
                            paramLabel = "NAME",
                            description =
                                    "Also the topic of this pool, like the dispatch topic; may be repeated. Without it the scheduler"
                                            + " makes the topics of the pools that the policy has, if it may.")
                    List<String> pools,
            @Option(
                            names = "--hosts",
                            description =
                                    "Also the topics of hosts and offers, without which no pool can place its tasks on hosts. Stop all"
                                            + " instances of the scheduler before, and start them again afterwards.")
                    boolean hosts) {
        partitions.ifPresent(count -> requirePositive("--partitions", count));
        dispatchPartitions.ifPresent(count -> requirePositive("--dispatch-partitions", count));
        replication.ifPresent(copies -> requirePositive("--replication", copies));
        SchedulerConfig config = Requirements.withKafka(options.load());
        int lanePartitions = partitions.orElse(TopicPlan.DEFAULT_LANE_PARTITIONS);
        TopicPlan plan = new TopicPlan(
                config.topics(),
                hosts,
                lanePartitions,
                dispatchPartitions.orElseGet(
                        () -> TopicPlan.dispatchPartitions(config.dispatchGroupType(), lanePartitions)),
                replication);
        List<String> ofPools = pools == null ? List.of() : pools;
        ofPools.forEach(this::requirePool);
        List<String> created = new ArrayList<>();
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            created.addAll(partitions.isPresent() ? topics.create(plan) : topics.complete(plan));
            created.addAll(topics.createOfPools(ofPools));
        }
        say(created.isEmpty() ? "all topics exist" : "created " + String.join(", ", created));
        return 0;
    }

    @Command(description = "Check that the topics exist, are as they must be, and keep records until they are taken.")
    int check(@Mixin SettingsOptions options) {
        try (DeploymentTopics topics = DeploymentTopics.of(Requirements.withKafka(options.load()))) {
            List<String> losses = topics.check(Role.OBSERVER);
            if (!losses.isEmpty()) {
                throw new TopicsException(String.join("\n", losses));
            }
        }
        say("all topics are as they must be");
        return 0;
    }

    private void requirePool(String pool) {
        if (!pool.matches(GraphLimits.POOL_NAME)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--pool=" + pool
                            + ": must be the name of a pool, up to 32 of a-z, 0-9 and '-', the first a letter or digit");
        }
    }

    private void requirePositive(String option, int value) {
        if (value < 1) {
            throw new ParameterException(
                    spec.commandLine(), option + "=" + value + ": must be a whole number from 1 on");
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
