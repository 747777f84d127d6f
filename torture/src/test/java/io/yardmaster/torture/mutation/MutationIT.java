package io.yardmaster.torture.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.embedded.EmbeddedKafka;
import io.yardmaster.torture.checker.Checker;
import io.yardmaster.torture.load.PolicyOperator;
import io.yardmaster.torture.process.TortureDeployment;
import io.yardmaster.torture.process.VerifiedRecording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves the checker: it finds violations if the scheduler or an execution manager is broken on purpose, and only then. */
class MutationIT {
    private static final String ALL = "ALL";
    /** A scheduler that is broken as intended may never go on; waiting longer for each of them is of no use. */
    private static final Duration FOR_A_BROKEN_ONE = Duration.ofSeconds(12);
    /** One that is not broken goes on, and on a busy machine its pauses are no end. */
    private static final Duration FOR_ONE_AS_IT_IS = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    static Stream<Mutation> mutations() {
        String wanted = System.getProperty("torture.mutations", ALL);
        return wanted.equals(ALL)
                ? Arrays.stream(Mutation.values())
                : Arrays.stream(wanted.split(",", -1)).map(Mutation::valueOf);
    }

    @Test
    void theSchedulerAsItIsIsNotAccused() {
        Map<String, String> recording = Map.of("record.ticks", "true");
        List<String> differences = new ArrayList<>(List.of("not replayed"));
        Checker.Result result = run(
                "unharmed",
                recording,
                Patches.clock(directory.resolve("unharmed-classes")),
                Optional.empty(),
                FOR_ONE_AS_IT_IS,
                settings -> {
                    differences.clear();
                    differences.addAll(VerifiedRecording.differences(settings, directory.resolve("unharmed.jsonl.gz")));
                });
        assertThat(result.verdict().isClean()).as("%s", result.verdict()).isTrue();
        assertThat(result.owed()).as("had to have an outcome").isPositive();
        assertThat(differences).as("R2, replayed").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void aBrokenSchedulerOrExecutionManagerIsCaught(Mutation mutation) {
        String name = mutation.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        Path patches = Patches.mutation(directory.resolve(name + "-classes"), mutation);
        Checker.Result result = mutation.isOfTheFleet()
                ? run(name, Patches.clock(directory.resolve(name + "-clock")), Optional.of(patches))
                : run(name, patches);
        System.out.println(mutation + ": " + result.verdict());
        assertThat(mutation.signs())
                .as("signs of %s: %s", mutation, result.verdict())
                .anyMatch(sign -> result.verdict().count(sign) > 0);
    }

    private static Checker.Result run(String name, Path patches) {
        return run(name, patches, Optional.empty());
    }

    private static Checker.Result run(String name, Path patches, Optional<Path> fleetPatches) {
        return run(name, Map.of(), patches, fleetPatches, FOR_A_BROKEN_ONE, settings -> {});
    }

    private static Checker.Result run(
            String name,
            Map<String, String> more,
            Path patches,
            Optional<Path> fleetPatches,
            Duration patience,
            Consumer<Map<String, String>> afterwards) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("dispatch.capacity", Integer.toString(SmallScenario.CAPACITY));
        settings.put("events", "tasks");
        settings.put("refused.backoff", "200ms");
        try (TortureDeployment deployment =
                new TortureDeployment(kafka.bootstrapServers(), directory, name, settings)) {
            deployment.createTopics(admin, 1, 2, 1);
            deployment.createPool(admin, PolicyOperator.POOL);
            SmallScenario scenario = new SmallScenario(admin, deployment, patches, fleetPatches, patience);
            Checker.Result result = scenario.run(List.of(3_600_000L, -7_200_000L));
            afterwards.accept(deployment.settings());
            return result;
        }
    }
}
