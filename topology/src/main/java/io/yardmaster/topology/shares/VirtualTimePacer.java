package io.yardmaster.topology.shares;

/**
 * Keeps one shard from running away from the slowest one that has a backlog, whatever their quotas are (S16).
 * How far a partition has got is its service: assignments made, each divided by the partition's weight at that time. What
 * it must not use of its quota meanwhile is granted to those that are behind.
 */
final class VirtualTimePacer {
    /** By how much of their own time two partitions get apart before one waits. */
    private static final double LEAD_SECONDS = 0.15;

    private static final double SHORTEST_LEAD = 0.5;

    /** Of its part of the window: so that an empty window is full after a few rounds, however slow the fleet was before. */
    private static final double LEAD_WINDOW = 0.125;

    private static final long SPEED_INTERVAL_MS = 1_000;
    /** In the first second nothing but the quotas binds: they are even, and how fast the fleet is has to show. */
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

    /** Assignments per second, divided by the weight; 0 while nothing is known. */
    double speed() {
        return speed == UNKNOWN ? 0 : speed;
    }

    /**
     * Who comes late is not owed what the others got meanwhile, but may have as much out as they have.
     *
     * @param leastTaken how far the fleet has got with the slowest other partition; infinite if there is none
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
     * How many assignments may be made now.
     *
     * @param slowest the service of the slowest other partition that has a backlog; infinite if there is none
     * @param window the part of the window that this one has
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
            // Who could use more in the first second does not owe it to the others.
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
