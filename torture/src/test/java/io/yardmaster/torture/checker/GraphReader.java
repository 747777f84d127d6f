package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.Topic;
import io.yardmaster.torture.checker.GraphPlan.After;
import io.yardmaster.torture.checker.GraphPlan.Part;
import io.yardmaster.torture.checker.GraphPlan.Step;
import io.yardmaster.torture.checker.GraphPlan.Terms;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the topic of graphs. */
final class GraphReader {
    private GraphReader() {}

    static List<Part> read(TopicReader topics) {
        return topics.all(Topic.GRAPHS, GraphReader::part);
    }

    private static Part part(ConsumerRecord<byte[], byte[]> message, JobGraph graph) {
        return new Part(
                "%s-%d@%d".formatted(message.topic(), message.partition(), message.offset()),
                message.partition(),
                message.offset(),
                message.timestamp(),
                new Terms(
                        graph.getSessionId(),
                        graph.getJobId(),
                        graph.getResourceGroupId(),
                        graph.getPriority(),
                        graph.getCommit(),
                        graph.getCleanup(),
                        graph.getOnFailure() == OnFailure.CONTINUE),
                graph.getPart(),
                graph.getParts(),
                graph.getStages().stream().map(GraphReader::step).toList());
    }

    private static Step step(Stage stage) {
        return new Step(
                stage.getName(),
                stage.getTasks(),
                stage.getAfter().stream()
                        .map(after -> new After(after.getStage(), after.getEach()))
                        .toList(),
                stage.getWhen(),
                stage.getAttempts(),
                Map.copyOf(stage.getNeeds()),
                stage.getPool());
    }
}
