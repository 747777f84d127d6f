package io.yardmaster.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.app.jobs.PlannedGraph;
import io.yardmaster.app.jobs.PlannedJob;
import io.yardmaster.app.jobs.WorkflowPlan;
import io.yardmaster.app.workflow.WfFormat;
import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.bench.load.RecordedGraphs;
import io.yardmaster.schemas.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Recorded work in the core alone: every task is offered after all that it waits for has succeeded, and ends once. The files are no
 * part of the project: they are in {@code -Dworkflows=DIR} and {@code -Dtraces=DIR}, or beside the repository. Of the week beside the
 * repository a part is taken, as the whole of it takes minutes.
 */
class RecordedWorkTest {
    private static final int PART_BYTES = 500_000;
    /** The test takes one job of this many of the week beside the repository. */
    private static final int ONE_OF = 8;

    private final long seed = new Random().nextLong();

    @Test
    void everyRecordedWorkflowRunsInAnOrderThatRespectsItsEdges() throws IOException {
        List<Path> files = files("workflows", ".json");
        CheckedRun run = new CheckedRun(seed);
        long tasks = 0;
        for (int file = 0; file < files.size(); file++) {
            String name = files.get(file).toString();
            Workflow workflow = WfFormat.read(files.get(file));
            PlannedJob job = new PlannedJob(file + 1L, 1, WorkflowPlan.of(name, workflow, 1));
            List<Stage> stages = new PlannedGraph(name, job, PART_BYTES)
                    .parts().stream().flatMap(part -> part.getStages().stream()).toList();
            assertThat(stages).hasSameSizeAs(workflow.tasks());
            tasks += stages.size();
            run.submit(job.id(), stages);
        }

        run.toTheEnd();

        assertThat(run.succeededJobs()).isEqualTo(files.size());
        assertThat(run.succeededTasks()).isEqualTo(tasks);
    }

    @Test
    void jobsOfARecordedWeekRunInAnOrderThatRespectsTheirEdges() throws IOException {
        RecordedGraphs recorded =
                RecordedGraphs.read(files("traces", "alibaba-2018-dags.csv.gz").get(0));
        int oneOf = System.getProperty("traces") == null ? ONE_OF : 1;
        int first = (int) Math.floorMod(seed, (long) oneOf);
        CheckedRun run = new CheckedRun(seed);
        int jobs = 0;
        long tasks = 0;
        for (int job = first; job < recorded.jobs(); job += oneOf) {
            List<Stage> stages = recorded.stages(job);
            run.submit(job + 1L, stages);
            jobs++;
            tasks += stages.stream().mapToLong(Stage::getTasks).sum();
        }

        run.toTheEnd();

        assertThat(run.succeededJobs()).isEqualTo(jobs);
        assertThat(run.succeededTasks()).isEqualTo(tasks);
        if (oneOf == 1) {
            assertThat(tasks).isEqualTo(recorded.tasks());
        }
    }

    private static List<Path> files(String kind, String end) throws IOException {
        Path directory = Path.of(System.getProperty(kind, "../../shared/" + kind));
        assumeTrue(Files.isDirectory(directory), "no " + kind + " in " + directory.toAbsolutePath());
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> found =
                    all.filter(file -> file.toString().endsWith(end)).sorted().toList();
            assumeTrue(!found.isEmpty(), "no file " + end + " in " + directory.toAbsolutePath());
            return found;
        }
    }
}
