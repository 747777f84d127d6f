package io.yardmaster.core;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** A package of the core uses only the packages behind it in the list of the core's package documentation. */
@AnalyzeClasses(packages = "io.yardmaster.core", importOptions = DoNotIncludeTests.class)
class PackagesTest {
    @ArchTest
    static final ArchRule ARROWS_POINT_DOWNWARDS = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.yardmaster..")
            .layer("scheduler")
            .definedBy("io.yardmaster.core")
            .layer("view")
            .definedBy("io.yardmaster.core.view")
            .layer("cycle")
            .definedBy("io.yardmaster.core.cycle")
            .layer("outcomes")
            .definedBy("io.yardmaster.core.outcomes")
            .layer("graph")
            .definedBy("io.yardmaster.core.graph")
            .layer("ending")
            .definedBy("io.yardmaster.core.ending")
            .layer("limits")
            .definedBy("io.yardmaster.core.limits")
            .layer("admission")
            .definedBy("io.yardmaster.core.admission")
            .layer("order")
            .definedBy("io.yardmaster.core.order")
            .layer("jobs")
            .definedBy("io.yardmaster.core.jobs")
            .layer("state")
            .definedBy("io.yardmaster.core.state")
            .layer("values")
            .definedBy("io.yardmaster.core.values")
            .layer("placement")
            .definedBy("io.yardmaster.core.placement")
            .layer("ticks")
            .definedBy("io.yardmaster.core.ticks")
            .whereLayer("scheduler")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ticks")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("placement")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("placement")
            .mayOnlyAccessLayers("state")
            .whereLayer("view")
            .mayOnlyBeAccessedByLayers("scheduler")
            .whereLayer("cycle")
            .mayOnlyBeAccessedByLayers("scheduler")
            .whereLayer("outcomes")
            .mayOnlyBeAccessedByLayers("scheduler")
            .whereLayer("graph")
            .mayOnlyBeAccessedByLayers("scheduler", "view")
            .whereLayer("ending")
            .mayOnlyBeAccessedByLayers("scheduler", "view", "cycle", "outcomes", "graph")
            .whereLayer("limits")
            .mayOnlyBeAccessedByLayers("scheduler", "view", "cycle", "outcomes", "graph", "ending")
            .whereLayer("admission")
            .mayOnlyBeAccessedByLayers("scheduler", "view", "cycle", "outcomes", "graph", "ending", "limits")
            .whereLayer("order")
            .mayOnlyBeAccessedByLayers(
                    "scheduler", "view", "cycle", "outcomes", "graph", "ending", "limits", "admission")
            .whereLayer("jobs")
            .mayOnlyBeAccessedByLayers(
                    "scheduler", "view", "cycle", "outcomes", "graph", "ending", "limits", "admission", "order")
            .whereLayer("state")
            .mayOnlyBeAccessedByLayers(
                    "scheduler",
                    "view",
                    "cycle",
                    "outcomes",
                    "graph",
                    "ending",
                    "limits",
                    "admission",
                    "order",
                    "jobs",
                    "ticks",
                    "placement");
}
