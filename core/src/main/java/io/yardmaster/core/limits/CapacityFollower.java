package io.yardmaster.core.limits;

import io.yardmaster.core.values.LivePolicy;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Has limits and rates follow the policy, and counts again what is used of those that are new. */
final class CapacityFollower {
    private final Shapes shapes;
    private final Registry registry;
    private final Rates rates;
    private final Lines lines;
    private final HeldUnits holdings;
    private LivePolicy wanted = LivePolicy.NONE;
    /** True if the policy limits tasks that need no named limit. */
    private boolean limitsQueues;

    CapacityFollower(Shapes shapes, Registry registry, Rates rates, Lines lines, HeldUnits holdings) {
        this.shapes = shapes;
        this.registry = registry;
        this.rates = rates;
        this.lines = lines;
        this.holdings = holdings;
    }

    /** Follows the rates of this policy from the next call of {@link #follow} on. */
    void want(LivePolicy live) {
        wanted = live;
    }

    boolean limitsQueues() {
        return limitsQueues;
    }

    /**
     * Follows the policy.
     *
     * @param enlist takes the jobs that may have waited for the limit of jobs
     */
    void follow(Map<String, Long> capacities, LongConsumer enlist) {
        boolean haveOthers = rates.follow(wanted);
        if (registry.follow(capacities) || haveOthers) {
            limitsQueues = registry.limitsQueues();
            List<Long> out = registry.jobsOut();
            if (registry.takeNewLimit() || haveOthers) {
                recount();
            }
            lines.lookAgain();
            if (registry.takeJobLimitChanged()) {
                out.forEach(enlist::accept);
            }
        }
    }

    /** Counts the units that are held, and what is granted, of limits that may be new. */
    void recount() {
        registry.beginCount();
        holdings.forEach(shapes, held -> registry.count(held, 1));
        lines.forEach(list -> registry.grant(list.line, list.key.group(), list.granted));
    }
}
