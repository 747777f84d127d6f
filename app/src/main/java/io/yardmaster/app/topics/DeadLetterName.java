package io.yardmaster.app.topics;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/** Checks that the brokers accept the dead-letter topic's name for records that a share group gives up. */
final class DeadLetterName {
    private static final String PREFIX = "errors.deadletterqueue.topic.name.prefix";

    private final Admin admin;
    private final String topic;

    /** The caller closes the admin client. */
    DeadLetterName(Admin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /** Empty if they accept it or do not tell: older brokers have no such setting, others may refuse to show it. */
    Optional<String> problem() {
        try {
            Node any = admin.describeCluster().nodes().get().iterator().next();
            var broker = new ConfigResource(ConfigResource.Type.BROKER, any.idString());
            ConfigEntry prefix = admin.describeConfigs(List.of(broker))
                    .all()
                    .get()
                    .get(broker)
                    .get(PREFIX);
            return Optional.ofNullable(prefix)
                    .map(ConfigEntry::value)
                    .filter(value -> !topic.startsWith(value))
                    .map(value ->
                            ("assignments that a share group gives up would be lost: the brokers put them only into topics called %s*"
                                            + " (%s), and topic.dead-letter is %s. Change the one or the other")
                                    .formatted(value, PREFIX, topic));
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
