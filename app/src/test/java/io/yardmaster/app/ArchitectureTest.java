package io.yardmaster.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import io.yardmaster.app.http.Router;
import io.yardmaster.core.outcomes.AwaitedRun;
import io.yardmaster.core.outcomes.AwaitedTasks;
import io.yardmaster.core.state.Storage;

/** The dependencies that modules and packages may have. Jars of the other modules are analyzed too. */
@AnalyzeClasses(packages = "io.yardmaster", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String STREAMS = "org.apache.kafka.streams..";
    private static final String BROKER = "kafka..";

    @ArchTest
    static final ArchRule modulesDependDownwardsOnly = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.yardmaster..")
            .layer("app")
            .definedBy("io.yardmaster.app..")
            .layer("topology")
            .definedBy("io.yardmaster.topology..")
            .layer("replay")
            .definedBy("io.yardmaster.replay..")
            .layer("core")
            .definedBy("io.yardmaster.core..")
            .optionalLayer("client")
            .definedBy("io.yardmaster.client..")
            .layer("connectors")
            .definedBy("io.yardmaster.connectors..")
            .layer("embedded")
            .definedBy("io.yardmaster.embedded..")
            .layer("test-kafka")
            .definedBy("io.yardmaster.testkafka..")
            .layer("schemas")
            .definedBy("io.yardmaster.schemas..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("topology")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("core")
            .mayOnlyBeAccessedByLayers("app", "topology", "replay")
            .whereLayer("replay")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("connectors")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("embedded")
            .mayOnlyBeAccessedByLayers("app", "test-kafka")
            .whereLayer("test-kafka")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("schemas")
            .mayOnlyBeAccessedByLayers("app", "topology", "client", "connectors", "embedded");

    /**
     * Values cross the core's border; beside them it shows its entry point, a view, and the storage that it is given. Placement and the log of
     * ticks are led by the caller. The tasks that await an end are walked through in place, since a copy of them has no bound.
     */
    @ArchTest
    static final ArchRule nobodyKnowsTheInsideOfTheCore = noClasses()
            .that()
            .resideOutsideOfPackage("io.yardmaster.core..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                            "io.yardmaster.core.jobs",
                            "io.yardmaster.core.order",
                            "io.yardmaster.core.admission",
                            "io.yardmaster.core.limits",
                            "io.yardmaster.core.ending",
                            "io.yardmaster.core.graph",
                            "io.yardmaster.core.outcomes",
                            "io.yardmaster.core.cycle",
                            "io.yardmaster.core.state")
                    .and(DescribedPredicate.not(
                            JavaClass.Predicates.belongToAnyOf(Storage.class, AwaitedTasks.class, AwaitedRun.class))));

    @ArchTest
    static final ArchRule onlyTheTopologyKnowsStreams = noClasses()
            .that()
            .resideOutsideOfPackage("io.yardmaster.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(STREAMS);

    @ArchTest
    static final ArchRule onlyTheEmbeddedKafkaKnowsTheBroker = noClasses()
            .that()
            .resideOutsideOfPackage("io.yardmaster.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BROKER, "org.apache.kafka.metadata..", "org.apache.kafka.server..");

    @ArchTest
    static final ArchRule onlyConnectorsKnowConnect = noClasses()
            .that()
            .resideOutsideOfPackage("io.yardmaster.connectors..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.connect..");

    /** The check runs on machines without Kafka Connect. */
    @ArchTest
    static final ArchRule theCheckOfConnectorsNeedsNoConnect = noClasses()
            .that()
            .resideInAPackage("io.yardmaster.connectors.check..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.connect..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackages("io.yardmaster.app", "io.yardmaster.app.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule nothingDependsOnTheCommands = noClasses()
            .that()
            .resideOutsideOfPackages("io.yardmaster.app", "io.yardmaster.app.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.yardmaster.app.cli..");

    @ArchTest
    static final ArchRule theRegistryKnowsHttpAndNothingElseOfTheApp = noClasses()
            .that()
            .resideInAPackage("io.yardmaster.app.registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.yardmaster.app.cli..",
                    "io.yardmaster.app.demo..",
                    "io.yardmaster.app.embedded..",
                    "io.yardmaster.app.settings..",
                    "io.yardmaster.app.storage..",
                    "io.yardmaster.app.topics..",
                    "io.yardmaster.app.workflow..",
                    "io.yardmaster.topology..",
                    "org.apache.kafka..");

    @ArchTest
    static final ArchRule httpKnowsNothingOfWhatItServes = noClasses()
            .that()
            .resideInAPackage("io.yardmaster.app.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.yardmaster.app.cli..",
                    "io.yardmaster.app.registry..",
                    "io.yardmaster.app.embedded..",
                    "io.yardmaster.app.topics..",
                    "org.apache.kafka..");

    /** Nothing but the embedded registry, whose clients register schemas, can be changed by an HTTP call. */
    @ArchTest
    static final ArchRule onlyTheRegistryIsChangedByHttp = noClasses()
            .that()
            .resideOutsideOfPackages("io.yardmaster.app.registry..", "io.yardmaster.app.http..")
            .should()
            .callMethod(Router.class, "onTrusted", String.class, String.class, Router.Handler.class);
}
