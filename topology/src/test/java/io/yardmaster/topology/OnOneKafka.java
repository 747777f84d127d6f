package io.yardmaster.topology;

import io.yardmaster.testkafka.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests whose deployments share one Kafka, each with topics, groups and a directory of its own. */
abstract class OnOneKafka {
    static {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @TempDir
    static Path directory;

    static TestKafka kafka;

    @BeforeAll
    static void startKafka() {
        kafka = TestKafka.start(directory.resolve("kafka"));
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    static TestDeployment newDeployment(String name) {
        return new TestDeployment(kafka, name, directory.resolve(name));
    }
}
