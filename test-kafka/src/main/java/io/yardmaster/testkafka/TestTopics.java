package io.yardmaster.testkafka;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes topics for tests. The controller confirms a new topic a moment before the broker knows it, and until then the broker
 * refuses, for example, offsets of a group for it.
 */
public final class TestTopics {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long POLL_MS = 10;

    private TestTopics() {}

    /**
     * Returns as soon as clients can use all of them.
     *
     * @throws ExecutionException if one cannot be made, for example because it exists
     * @throws IllegalStateException if the broker does not know all of them within a minute
     */
    public static void create(Admin admin, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        admin.createTopics(topics).all().get();
        while (!areKnown(admin, topics)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the broker does not know all of " + topics);
            }
            Thread.sleep(POLL_MS);
        }
    }

    private static boolean areKnown(Admin admin, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        try {
            admin.describeTopics(topics.stream().map(NewTopic::name).toList())
                    .allTopicNames()
                    .get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }
}
