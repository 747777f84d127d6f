package io.yardmaster.bench.load;

import io.yardmaster.schemas.TopicNames;
import java.util.Map;

/** Settings of execution managers in this JVM, which know the schemas without a registry. */
public final class FleetSettings {
    private FleetSettings() {}

    /** Registers the schemas, and returns what execution managers of this scheduler's fleet need. */
    public static Map<String, String> of(Map<String, String> scheduler) {
        WorkloadSchemas.register();
        return Map.of(
                "bootstrap.servers",
                scheduler.get("kafka.bootstrap.servers"),
                "schema.registry.url",
                WorkloadSchemas.REGISTRY_URL,
                TopicNames.PREFIX_SETTING,
                scheduler.get(TopicNames.PREFIX_SETTING),
                "dispatch.group",
                scheduler.get("dispatch.group"));
    }
}
