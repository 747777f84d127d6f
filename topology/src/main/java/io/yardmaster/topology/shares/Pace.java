package io.yardmaster.topology.shares;

/**
 * Keeps one lane partition from running away from the slowest one that has a backlog, whatever their quotas are (S16).
 * How far a partition has got is its service: assignments made, each divided by the partition's weight at that time.
 */
final class Pace {
    /** How old the others' word may be, and so how far apart two partitions get while both think that they are even. */
    private static final double LEAD_SECONDS = 0.15;

    private static final double SHORTEST_LEAD = 0.5;
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

    /** Who comes late is not owed what the others got meanwhile. */
    void join(double slowest) {
        if (slowest != Double.POSITIVE_INFINITY && slowest > service) {
            service = slowest;
            measuredService = slowest;
        }
    }

    /**
     * How many assignments may be made now.
     *
     * @param slowest the service of the slowest other partition that has a backlog; infinite if there is none
     */
    long budget(long now, double slowest, double weight) {
        if (now - measuredAt >= SPEED_INTERVAL_MS) {
            speed = (service - measuredService) * 1_000 / (now - measuredAt);
            measuredService = service;
            measuredAt = now;
        }
        double lead = Math.max(SHORTEST_LEAD, LEAD_SECONDS * speed);
        double budget = Math.ceil((slowest + lead - service) * weight);
        return budget >= Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, (long) budget);
    }

    void served(int assignments, double weight) {
        service += assignments / weight;
    }
}
