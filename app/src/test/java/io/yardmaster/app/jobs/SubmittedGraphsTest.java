package io.yardmaster.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmittedGraphsTest {
    private static final List<JobGraph> PARTS =
            new PlannedGraph("w", Workflows.planned(7, Workflows.flat(30)), 600).parts();

    private static SubmittedGraphs read(List<JobGraph> parts) {
        SubmittedGraphs graphs = new SubmittedGraphs(7);
        parts.forEach(graphs::add);
        return graphs;
    }

    private static void assertNotFound(List<JobGraph> parts, String what) {
        SubmittedGraphs graphs = read(parts);
        assertThatThrownBy(graphs::planned)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the graphs topic holds " + what + " of job 7: name the file that it was submitted with");
    }

    @Test
    void thePartsOfAGraphArePutTogether() {
        assertThat(PARTS).hasSizeGreaterThan(2);
        PlannedJob job = read(PARTS).planned();
        assertThat(job.id()).isEqualTo(7);
        assertThat(job.resourceGroup()).isEqualTo(1);
        assertThat(job.plan().tasks()).isEqualTo(30);
        assertThat(job.plan().terms().cleanup()).isTrue();
    }

    @Test
    void aGraphThatWasSentTwiceIsFoundOnce() {
        SubmittedGraphs graphs = read(PARTS);
        PARTS.forEach(graphs::add);
        assertThat(graphs.planned().plan().tasks()).isEqualTo(30);
    }

    @Test
    void aGraphThatIsNotThereOrNotTheOnlyOneIsToldInALine() {
        assertNotFound(List.of(), "no whole graph");
        assertNotFound(PARTS.subList(0, 2), "no whole graph");
        assertNotFound(PARTS.subList(1, PARTS.size()), "several graphs");
        JobGraph other = graph(Stages.stage("other", 1));
        assertNotFound(List.of(other, graph(Stages.stage("another", 1))), "several graphs");
        assertNotFound(List.of(graph(Stages.stage("a", 1, "b"))), "no graph that makes sense");
    }

    private static JobGraph graph(Stage stage) {
        return JobGraph.newBuilder()
                .setResourceGroupId(1)
                .setJobId(7)
                .setOnFailure(OnFailure.STOP)
                .setStages(List.of(stage))
                .build();
    }
}
