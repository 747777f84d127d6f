package io.yardmaster.topology;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks topics up when an instance starts. */
final class TopicLookup {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLookup.class);
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
     * Checks that the topics are there without which an instance does not work, but for those whose partitions it asks for. Returns
     * the number of partitions of the topics of hosts and offers: only if they are there do instances place tasks on hosts.
     *
     * @throws SchedulerException if one does not exist, or hosts and offers have different numbers of partitions
     */
    int check(TopicNames names) {
        for (Topic<?> topic : List.of(Topic.COMMANDS, Topic.OUTCOMES, Topic.EVENTS, Topic.KILLS, Topic.POLICY)) {
            partitions(names.of(topic));
        }
        int hosts = partitionsIfThere(names.of(Topic.HOSTS));
        int offers = partitionsIfThere(names.of(Topic.OFFERS));
        if (hosts != offers) {
            throw new SetupException("topics %s and %s must have equal numbers of partitions, not %s and %s"
                    .formatted(names.of(Topic.HOSTS), names.of(Topic.OFFERS), hosts, offers));
        }
        return hosts;
    }

    /** 0 if there is no such topic that this client may look up. */
    private int partitionsIfThere(String topic) {
        try {
            return description(topic).map(found -> found.partitions().size()).orElse(0);
        } catch (SchedulerException e) {
            if (e.getCause() instanceof TopicAuthorizationException) {
                LOG.info("no permission on topic {}: this instance places no tasks on hosts", topic);
                return 0;
            }
            throw e;
        }
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
