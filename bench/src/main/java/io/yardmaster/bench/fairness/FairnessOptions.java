package io.yardmaster.bench.fairness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How to measure.
 *
 * @param windows of time that do not overlap, one after the other
 * @param warmup before the first of them
 * @param rate assignments per second that the fleet takes
 * @param bumps of the session, per deployment with several shards; 0 for none
 * @param settings of the scheduler, in place of its defaults
 */
record FairnessOptions(
        Set<Integer> lanes,
        Set<Integer> instances,
        List<String> fairness,
        int jobs,
        int rate,
        int windows,
        Duration window,
        Duration warmup,
        int bumps,
        Map<String, String> settings) {}
