package io.yardmaster.replay;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.Map;

/** Policies for tests. */
public final class Policies {
    public static final ReplayPolicy FIFO = of("fifo", 1, Fairness.JOB, Map.of());
    public static final ReplayPolicy JOBS = of("jobs", 1_024, Fairness.JOB, Map.of());
    public static final ReplayPolicy GROUPS = of("groups", 1_024, Fairness.RESOURCE_GROUP, Map.of());

    private Policies() {}

    public static ReplayPolicy weighted(Map<Long, Double> weights) {
        return of("weighted", 1_024, Fairness.WEIGHTED, weights);
    }

    /** A policy with limits, whose capacities are given by key. */
    public static ReplayPolicy limited(Map<String, Long> limits) {
        return new ReplayPolicy("limited", JOBS.policy(), new LivePolicy(Map.of(), limits));
    }

    /** A policy with rates, which are given by resource group. */
    public static ReplayPolicy rated(Map<Long, DispatchRate> rates) {
        return new ReplayPolicy("rated", JOBS.policy(), LivePolicy.NONE.withRates(rates));
    }

    /** A policy with limits and with rates of pools, by pool. */
    public static ReplayPolicy ratedPools(Map<String, Long> limits, Map<String, DispatchRate> rates) {
        return new ReplayPolicy("rated", JOBS.policy(), new LivePolicy(Map.of(), limits).withPoolRates(rates));
    }

    private static ReplayPolicy of(String name, int activeJobs, Fairness fairness, Map<Long, Double> weights) {
        return new ReplayPolicy(
                name,
                new Policy(activeJobs, 1, 1, Duration.ofHours(6), Duration.ofHours(24), fairness),
                new LivePolicy(weights));
    }
}
