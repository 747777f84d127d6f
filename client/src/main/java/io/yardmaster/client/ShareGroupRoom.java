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

/** How many members the brokers let join a share group. */
final class ShareGroupRoom {
    private static final String LIMIT = "group.share.max.size";
    private static final int LIMIT_MILLIS = 3_000;

    private ShareGroupRoom() {}

    /**
     * Returns if so many can join an empty group, or if this client may not see how many can.
     *
     * @throws ConfigException if there are too many for any group
     */
    static void require(Admin admin, int members) throws InterruptedException {
        try {
            Optional<Integer> limit = limit(admin);
            if (limit.isPresent() && members > limit.get()) {
                throw new ConfigException(("parallelism is %s: each is a member of the share group, and %s=%s of the "
                                + "brokers lets no more of them join; take less, or raise the limit")
                        .formatted(members, LIMIT, limit.get()));
            }
        } catch (ExecutionException e) {
            // Otherwise it may not be seen here, and who comes too many hears of it when joining
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
