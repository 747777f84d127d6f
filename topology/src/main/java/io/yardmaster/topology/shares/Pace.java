package io.yardmaster.topology.shares;

/**
 * Keeps one lane partition from running away from the slowest one that has a backlog, whatever their quotas are (S16).
 * How far a partition has got is its service: assignments made, each divided by the partition's weight at that time. What
 * it must not use of its quota meanwhile is granted to those that are behind.
 */
final class Pace {
    /** How old the others' word may be, and so how far apart two partitions get while both think that they are even. */
    private static final double LEAD_SECONDS = 0.15;

    private static final double SHORTEST_LEAD = 0.5;

    /** Of the quota: so that an empty window is full after a few rounds, however slow the fleet was before. */
    private static final double LEAD_QUOTA = 0.125;

    private static final long SPEED_INTERVAL_MS = 1_000;

    private double service;
    private double speed;
    private double measuredService;
    private long measuredAt;

    Pace(double service) {
        this.service = service;
        this.measuredService = service;
    }

    double service() {
        return service;
    }

    /**
     * Who comes late is not owed what the others got meanwhile, but may have as much out as they have.
     *
     * @param leastTaken how far the fleet has got with the slowest other partition; infinite if there is none
     */
    void join(double leastTaken) {
        if (leastTaken != Double.POSITIVE_INFINITY && leastTaken > service) {
            service = leastTaken;
            measuredService = leastTaken;
        }
    }

    /**
     * How many assignments may be made now.
     *
     * @param slowest the service of the slowest other partition that has a backlog; infinite if there is none
     */
    long budget(long now, double slowest, double weight, int quota) {
        if (now - measuredAt >= SPEED_INTERVAL_MS) {
            speed = (service - measuredService) * 1_000 / (now - measuredAt);
            measuredService = service;
            measuredAt = now;
        }
        double lead = Math.max(SHORTEST_LEAD, Math.max(LEAD_SECONDS * speed, LEAD_QUOTA * quota / weight));
        double budget = Math.ceil((slowest + lead - service) * weight);
        return budget >= Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, (long) budget);
    }

    void served(int assignments, double weight) {
        service += assignments / weight;
    }
}
