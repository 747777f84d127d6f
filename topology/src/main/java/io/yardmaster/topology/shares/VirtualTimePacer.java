package io.yardmaster.topology.shares;

/**
 * Keeps one shard at most a small lead ahead of the slowest one that has a backlog, whatever their quotas are (S16). A
 * shard's virtual time is its service: the sum of (assignments made / the shard's weight at that time). Shard 0 grants
 * the part of the quota that a shard ahead cannot use to those behind.
 */
final class VirtualTimePacer {
    /** The lead as a time at the shard's own speed. */
    private static final double LEAD_SECONDS = 0.15;

    private static final double SHORTEST_LEAD = 0.5;

    /**
     * The lead as a part of the limit, so that an empty window is full after a few rounds even if the fleet was slow
     * before.
     */
    private static final double LEAD_WINDOW = 0.125;

    private static final long SPEED_INTERVAL_MS = 1_000;
    /** No speed is measured yet: in the first second only the quotas limit, which are even. */
    private static final double UNKNOWN = Double.POSITIVE_INFINITY;

    private double service;
    private double speed = UNKNOWN;
    private double measuredService;
    private long measuredAt;

    VirtualTimePacer(double service) {
        this.service = service;
        this.measuredService = service;
    }

    double service() {
        return service;
    }

    /** Service per second; 0 before it is measured. */
    double speed() {
        return speed == UNKNOWN ? 0 : speed;
    }

    /**
     * A shard that gets a backlog later starts at the service that the fleet has taken from the slowest other shard: it
     * makes up for nothing, but may have as many assignments outstanding as the others.
     *
     * @param leastTaken that service; infinite if no other shard competes
     */
    void join(long now, double leastTaken) {
        if (leastTaken != Double.POSITIVE_INFINITY && leastTaken > service) {
            service = leastTaken;
        }
        speed = UNKNOWN;
        measuredService = service;
        measuredAt = now;
    }

    /**
     * Returns how many assignments may be made now: weight × (slowest + lead − service), rounded up.
     *
     * @param slowest the service of the slowest other shard that has a backlog; infinite if there is none
     * @param window the part of the window that this shard has
     */
    long budget(long now, double slowest, double weight, int window) {
        boolean first = speed == UNKNOWN;
        if (now - measuredAt >= SPEED_INTERVAL_MS) {
            speed = (service - measuredService) * 1_000 / (now - measuredAt);
            measuredService = service;
            measuredAt = now;
        }
        if (speed == UNKNOWN) {
            return Long.MAX_VALUE;
        }
        double lead = Math.max(SHORTEST_LEAD, Math.max(LEAD_SECONDS * speed, LEAD_WINDOW * window / weight));
        if (first && service > slowest) {
            // A shard that got further than others in the first second need not wait for them.
            service = slowest;
            measuredService = slowest;
        }
        double budget = Math.ceil((slowest + lead - service) * weight);
        return budget >= Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, (long) budget);
    }

    void served(int assignments, double weight) {
        service += assignments / weight;
    }
}
