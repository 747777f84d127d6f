package io.yardmaster.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures a share group as its execution managers need it, before any of them joins. By default a share group reads
 * uncommitted records and begins at the topic's end; only its configuration in the broker changes that.
 */
final class ShareGroupCheck {
    private static final Logger log = LoggerFactory.getLogger(ShareGroupCheck.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int LIMIT_MILLIS = 3_000;

    private final Map<String, Object> config;
    private final ConfigResource group;
    private final ShareGroupSettings settings;
    private final int members;

    /** @param members the number of members about to join */
    ShareGroupCheck(Map<String, Object> config, String group, ShareGroupSettings settings, int members) {
        this.config = config;
        this.group = new ConfigResource(ConfigResource.Type.GROUP, group);
        this.settings = settings;
        this.members = members;
    }

    /**
     * Returns once the group is configured, or a stop is requested; tries until then while the broker is away.
     *
     * @throws ConfigException if the configuration is wrong, or cannot be read, and this client may not set it; or if
     *     no group has room for so many members
     */
    DeliveryLimit awaitRightConfig(StopRequest stop) throws InterruptedException {
        if (!settings.checked()) {
            return settings.deliveryLimit(Map.of());
        }
        boolean told = false;
        try (Admin admin = Admin.create(config)) {
            while (!stop.requested()) {
                try {
                    return ensure(admin);
                } catch (RetriableException e) {
                    if (!told) {
                        log.warn("share group {} cannot be looked at yet: {}", group.name(), e.toString());
                        told = true;
                    }
                    TimeUnit.NANOSECONDS.sleep(stop.atMost(PAUSE).toNanos());
                }
            }
        }
        return DeliveryLimit.DEFAULT;
    }

    private DeliveryLimit ensure(Admin admin) throws InterruptedException {
        ShareGroupRoom.require(admin, members);
        Optional<Map<String, String>> actual = describe(admin);
        Map<String, String> missing = settings.missingIn(actual.orElse(Map.of()));
        if (!missing.isEmpty()) {
            set(admin, missing, actual.isPresent());
            log.info("share group {} was given {}", group.name(), ShareGroupSettings.line(missing));
        }
        ensureDeadLetters(admin, actual.orElse(Map.of()));
        return settings.deliveryLimit(
                missing.isEmpty() ? actual.orElse(Map.of()) : describe(admin).orElse(Map.of()));
    }

    /** Work goes on if this fails, but nothing then reports records that the group gives up when a process dies. */
    private void ensureDeadLetters(Admin admin, Map<String, String> actual) throws InterruptedException {
        Map<String, String> missing = settings.missingForDeadLetters(actual);
        if (missing.isEmpty()) {
            return;
        }
        try {
            set(admin, missing, true);
            log.info("share group {} was given {}", group.name(), ShareGroupSettings.line(missing));
        } catch (ConfigException e) {
            log.warn("records that the share group gives up will not be in the dead-letter topic: {}", e.getMessage());
        }
    }

    /** Empty if this client may not read the configuration. */
    private Optional<Map<String, String>> describe(Admin admin) throws InterruptedException {
        var entries = new HashMap<String, String>();
        try {
            admin.describeConfigs(List.of(group), new DescribeConfigsOptions().timeoutMs(LIMIT_MILLIS))
                    .all()
                    .get()
                    .get(group)
                    .entries()
                    .forEach(entry -> entries.put(entry.name(), entry.value()));
            return Optional.of(entries);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw kafkas(e);
        }
    }

    private void set(Admin admin, Map<String, String> missing, boolean seen) throws InterruptedException {
        var changes = missing.entrySet().stream()
                .map(entry -> new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), OpType.SET))
                .toList();
        try {
            admin.incrementalAlterConfigs(Map.of(group, changes), new AlterConfigsOptions().timeoutMs(LIMIT_MILLIS))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw kafkas(e);
            }
            throw new ConfigException(refusal(missing, seen, reason(e.getCause())));
        }
    }

    private String reason(Throwable refused) {
        return refused instanceof AuthorizationException
                ? "not permitted: ALTER_CONFIGS on group " + group.name()
                : refused.getMessage();
    }

    private String refusal(Map<String, String> missing, boolean seen, String why) {
        String state = seen
                ? "lacks settings that assignments need and that this client could not set"
                : "may lack settings that assignments need; this client could neither see nor set them";
        String help = "kafka-configs.sh --alter --entity-type groups --entity-name " + group.name() + " --add-config "
                + ShareGroupSettings.line(missing);
        String already = seen ? "" : "; once that is done set " + ShareGroupSettings.CHECK + "=false here";
        return "share group " + group.name() + " " + state + " (" + why + "): let an administrator run " + help
                + already;
    }

    private static KafkaException kafkas(ExecutionException e) {
        return e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
}
