package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.yardmaster.topology.InstanceStatus;
import io.yardmaster.topology.upkeep.ResultsFigures;
import io.yardmaster.topology.window.PollBackoff;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The state of an instance, read at each scrape. A metric with a series for each state is 1 in the present one, else 0. */
final class StatusMeters {
    private static final double MS_PER_SECOND = 1e3;
    private static final List<String> STATES =
            List.of("CREATED", "REBALANCING", "RUNNING", "PENDING_SHUTDOWN", "NOT_RUNNING", "PENDING_ERROR", "ERROR");

    private StatusMeters() {}

    static void bind(InstanceStatus status, Collection<String> takenTopics, MeterRegistry registry) {
        for (String topic : takenTopics) {
            FunctionCounter.builder("yardmaster.lost.records", status, it -> it.lostRecords(topic))
                    .description(
                            "Offsets of a topic, or of the topics of pools with the dispatch topic, whose records were deleted before anybody took them")
                    .tag("topic", topic)
                    .register(registry);
        }
        for (String topic : status.resultsTopics()) {
            results(
                    "yardmaster.results.lag.records",
                    "Offsets of a topic that the connector of results has not written to its database yet",
                    topic,
                    status,
                    registry,
                    ResultsFigures::lagRecords);
            results(
                    "yardmaster.results.lag.seconds",
                    "Time since the connector of results was seen with all that there was to write",
                    topic,
                    status,
                    registry,
                    ResultsFigures::lagSeconds);
            results(
                    "yardmaster.results.lost.records",
                    "Offsets of a topic that were deleted before the connector of results wrote them to its database",
                    topic,
                    status,
                    registry,
                    ResultsFigures::lostRecords);
        }
        gauge(
                "yardmaster.given.up.assignments",
                "Assignments that the execution managers' share group gave up in the last hour",
                status,
                registry,
                it -> it.givenUpAssignments());
        gauge(
                "yardmaster.fleet.offsets.lost.partitions",
                "Dispatch partitions of which a group of execution managers has lost its offset, and cannot get it back",
                status,
                registry,
                it -> it.lostOffsets());
        FunctionCounter.builder("yardmaster.fleet.offsets.restored", status, InstanceStatus::restoredOffsets)
                .description("Offsets that groups of execution managers had lost and were given back")
                .register(registry);
        gauge(
                "yardmaster.ready",
                "1 if all stream tasks run and the offsets of the execution managers' group are fresh",
                status,
                registry,
                it -> it.isReady() ? 1 : 0);
        gauge(
                "yardmaster.restoring.partitions",
                "Shards whose state is being restored",
                status,
                registry,
                it -> it.restoringShards());
        gauge(
                "yardmaster.restore.remaining.records",
                "Records still to read until their state is restored",
                status,
                registry,
                it -> it.recordsToRestore());
        gauge(
                "yardmaster.fleet.view.age.seconds",
                "Age of the latest look at the offsets of the execution managers' group",
                status,
                registry,
                it -> it.offsetsAge().toMillis() / MS_PER_SECOND);
        FunctionCounter.builder("yardmaster.fleet.view.failures", status, InstanceStatus::failedPolls)
                .description("Looks at the offsets of the execution managers' group that failed")
                .register(registry);
        for (PollBackoff backoff : PollBackoff.values()) {
            stateOf(
                    "yardmaster.fleet.view.breaker",
                    "Back-off of the looks at the group's offsets: closed if they succeed",
                    backoff.name(),
                    status,
                    registry,
                    it -> it.backoff() == backoff ? 1 : 0);
        }
        for (String state : STATES) {
            stateOf(
                    "yardmaster.instance.state",
                    "The state of Kafka Streams",
                    state,
                    status,
                    registry,
                    it -> it.state().equals(state) ? 1 : 0);
        }
        for (int i = 0; i < status.outstandingByDispatchPartition().length; i++) {
            int partition = i;
            Gauge.builder(
                            "yardmaster.dispatch.outstanding.assignments",
                            status,
                            it -> it.outstandingByDispatchPartition()[partition])
                    .description(
                            "Outstanding assignments of this instance's shards, by partition of the dispatch topic")
                    .tag("dispatch_partition", Integer.toString(partition))
                    .register(registry);
        }
    }

    private static void gauge(
            String name,
            String help,
            InstanceStatus status,
            MeterRegistry registry,
            ToDoubleFunction<InstanceStatus> value) {
        Gauge.builder(name, status, value).description(help).register(registry);
    }

    private static void results(
            String name,
            String help,
            String topic,
            InstanceStatus status,
            MeterRegistry registry,
            ToLongFunction<ResultsFigures> value) {
        Gauge.builder(name, status, it -> value.applyAsLong(it.results(topic)))
                .description(help)
                .tag("topic", topic)
                .register(registry);
    }

    private static void stateOf(
            String name,
            String help,
            String state,
            InstanceStatus status,
            MeterRegistry registry,
            ToDoubleFunction<InstanceStatus> value) {
        Gauge.builder(name, status, value)
                .description(help)
                .tag("state", state.toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
