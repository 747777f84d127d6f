package io.yardmaster.topology;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks topics up when an instance starts. */
final class TopicLookup {
    private static final long REQUEST_SECONDS = 30;

    private final Admin admin;

    /** The caller closes the admin client. */
    TopicLookup(Admin admin) {
        this.admin = admin;
    }

    /** @throws SchedulerException if the topic does not exist, or cannot be looked up */
    int partitions(String topic) {
        return description(topic)
                .orElseThrow(() -> new SchedulerException("topic " + topic + " does not exist", null))
                .partitions()
                .size();
    }

    /**
     * Empty if there is no such topic.
     *
     * @throws SchedulerException if it cannot be looked up
     */
    Optional<Uuid> id(String topic) {
        return description(topic).map(TopicDescription::topicId);
    }

    private Optional<TopicDescription> description(String topic) {
        try {
            return Optional.of(admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(REQUEST_SECONDS, TimeUnit.SECONDS)
                    .get(topic));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failed(topic, e.getCause());
        } catch (TimeoutException e) {
            throw failed(topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchedulerException("interrupted while starting", e);
        }
    }

    private static SchedulerException failed(String topic, Throwable why) {
        return new SchedulerException("topic " + topic + " cannot be looked up: " + why.getMessage(), why);
    }
}
