package io.yardmaster.bench.contestants;

import io.yardmaster.core.values.LimitUse;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.ShardSummary;
import java.time.Duration;
import java.util.Map;

/** The scheduler as {@code serve} runs it. */
final class RunningYardmaster implements RunningStreams {
    /** Restoring the state of a million jobs takes a while. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final SchedulerService service;
    private final PlacementFacts facts = new PlacementFacts();

    /** Returns when all stream tasks run. */
    RunningYardmaster(SchedulerConfig config) {
        service = new SchedulerService(config, facts, "bench");
        service.start();
        service.awaitRunning(START_TIMEOUT);
    }

    @Override
    public long outcomesCounted() {
        return service.queries().orElseThrow().snapshot(ANSWER_TIMEOUT).lanes().stream()
                .map(ShardSummary::ended)
                .mapToLong(ended -> ended.succeeded() + ended.failed() + ended.killed() + ended.refused())
                .sum();
    }

    @Override
    public Map<String, String> placement() {
        return facts.describe(service.queries().orElseThrow().pools(ANSWER_TIMEOUT));
    }

    @Override
    public long used(String limit) {
        return service.queries().orElseThrow().snapshot(ANSWER_TIMEOUT).lanes().stream()
                .flatMap(shard -> shard.limits().stream())
                .filter(use -> use.limit().equals(limit))
                .mapToLong(LimitUse::used)
                .sum();
    }

    @Override
    public void close() {
        service.close();
    }
}
