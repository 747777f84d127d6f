package io.yardmaster.bench.fairness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The checked options of the measurement.
 *
 * @param intervals number of intervals, one after the other without overlap
 * @param warmup before the first of them
 * @param rate assignments per second that the fleet takes
 * @param bumps of the session, per deployment with several shards; 0 for none
 * @param settings of the scheduler, in place of its defaults
 */
record FairnessOptions(
        Set<Integer> shards,
        Set<Integer> instances,
        List<String> fairness,
        int jobs,
        int rate,
        int intervals,
        Duration interval,
        Duration warmup,
        int bumps,
        Map<String, String> settings) {}
