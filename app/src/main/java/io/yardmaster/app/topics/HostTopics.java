package io.yardmaster.app.topics;

import io.yardmaster.app.access.Permission;
import io.yardmaster.app.access.Role;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of hosts and offers. A deployment that places no tasks on hosts does without them. */
record HostTopics(Admin admin, SchedulerConfig config) {

    /** Returns whether there is one of them, as far as this client may see. */
    boolean areThere() throws ExecutionException, InterruptedException {
        boolean any = false;
        for (KafkaFuture<TopicDescription> asked : admin.describeTopics(TopicPlan.ofHosts(config.topics()))
                .topicNameValues()
                .values()) {
            try {
                asked.get();
                any = true;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        && !(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
            }
        }
        return any;
    }

    /** All permissions that a role needs, with those on these topics if they are used. */
    List<Permission> permissions(Role role, boolean used) {
        List<Permission> all = new ArrayList<>(role.permissions(config));
        all.addAll(used ? role.ofHosts(config) : List.of());
        return all;
    }
}
