package io.yardmaster.topology;

import io.yardmaster.testkafka.SharedKafka;
import io.yardmaster.testkafka.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests whose deployments share the Kafka of their JVM, each with topics, groups and a directory of its own. */
@ExtendWith(SharedKafka.class)
abstract class OnOneKafka {
    static {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @TempDir
    static Path directory;

    static TestKafka kafka;

    @BeforeAll
    static void use(TestKafka shared) {
        kafka = shared;
    }

    static TestDeployment newDeployment(String name) {
        return new TestDeployment(kafka, name, directory.resolve(name));
    }
}
