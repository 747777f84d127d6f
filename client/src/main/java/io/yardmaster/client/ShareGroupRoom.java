package io.yardmaster.client;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;

/** Compares the number of members with the brokers' limit for a share group. */
final class ShareGroupRoom {
    private static final String LIMIT = "group.share.max.size";
    private static final int LIMIT_MILLIS = 3_000;

    private ShareGroupRoom() {}

    /**
     * Returns if an empty group has room for so many, or if this client may not read the limit.
     *
     * @throws ConfigException if there are too many for any group
     */
    static void require(Admin admin, int members) throws InterruptedException {
        try {
            Optional<Integer> limit = limit(admin);
            if (limit.isPresent() && members > limit.get()) {
                throw new ConfigException(
                        ("parallelism is %s, and each worker is a member of the share group: more than"
                                        + " the brokers' %s=%s allows; lower the parallelism, or raise the limit")
                                .formatted(members, LIMIT, limit.get()));
            }
        } catch (ExecutionException e) {
            // Any other error means that this client may not read the limit; a member too many gets an error when it
            // joins.
            if (e.getCause() instanceof RetriableException passing) {
                throw passing;
            }
        }
    }

    private static Optional<Integer> limit(Admin admin) throws ExecutionException, InterruptedException {
        Collection<Node> nodes = admin.describeCluster(new DescribeClusterOptions().timeoutMs(LIMIT_MILLIS))
                .nodes()
                .get();
        Optional<Node> any = nodes.stream().findFirst();
        if (any.isEmpty()) {
            return Optional.empty();
        }
        ConfigResource broker =
                new ConfigResource(ConfigResource.Type.BROKER, any.get().idString());
        ConfigEntry entry = admin.describeConfigs(List.of(broker), new DescribeConfigsOptions().timeoutMs(LIMIT_MILLIS))
                .all()
                .get()
                .get(broker)
                .get(LIMIT);
        return Optional.ofNullable(entry).map(ConfigEntry::value).map(Integer::valueOf);
    }
}
