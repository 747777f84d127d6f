package io.yardmaster.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks, before any assignment is taken, that this execution manager can write outcomes. Found out later, it would have
 * run assignments in vain.
 */
final class OutcomeAccess {
    private static final Logger log = LoggerFactory.getLogger(OutcomeAccess.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** A topic that was made just now is not known to all brokers at once. */
    private static final Duration ABSENCE_LIMIT = Duration.ofSeconds(5);

    private final Map<String, Object> config;
    private final String topic;
    private final String dispatchTopic;
    private final LongSupplier ticker;

    /** @param config of an admin client */
    OutcomeAccess(Map<String, Object> config, String topic, String dispatchTopic, LongSupplier ticker) {
        this.config = config;
        this.topic = topic;
        this.dispatchTopic = dispatchTopic;
        this.ticker = ticker;
    }

    String topic() {
        return topic;
    }

    /**
     * Returns once the topic is there and may be written, or a stop is requested; waits while the broker is away, and
     * while the dispatch topic, too, is not there.
     *
     * @throws OutcomesNotWrittenException if it may not be written, or is not there while the dispatch topic is
     */
    void await(StopRequest stop) throws InterruptedException {
        long mayBeAbsentUntil = ticker.getAsLong() + ABSENCE_LIMIT.toNanos();
        try (Admin admin = Admin.create(config)) {
            while (!stop.requested()) {
                try {
                    requireWrite(operationsOn(admin, topic));
                    return;
                } catch (AuthorizationException e) {
                    throw OutcomesNotWrittenException.forbidden(topic, e);
                } catch (UnknownTopicOrPartitionException e) {
                    if (ticker.getAsLong() - mayBeAbsentUntil > 0 && dispatchTopicExists(admin)) {
                        throw OutcomesNotWrittenException.noTopic(topic, e);
                    }
                } catch (RetriableException e) {
                    log.debug("topic {} cannot be looked at yet", topic, e);
                }
                TimeUnit.NANOSECONDS.sleep(stop.atMost(PAUSE).toNanos());
            }
        }
    }

    private void requireWrite(Set<AclOperation> operations) {
        // Brokers before 2.3 do not tell.
        if (operations != null && !operations.contains(AclOperation.WRITE)) {
            throw OutcomesNotWrittenException.forbidden(topic, null);
        }
    }

    private boolean dispatchTopicExists(Admin admin) throws InterruptedException {
        try {
            operationsOn(admin, dispatchTopic);
            return true;
        } catch (RetriableException e) {
            log.debug("topic {} is not known", dispatchTopic, e);
            return false;
        }
    }

    private static Set<AclOperation> operationsOn(Admin admin, String topic) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .authorizedOperations();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }
}
