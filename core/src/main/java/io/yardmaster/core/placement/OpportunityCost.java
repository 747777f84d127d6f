package io.yardmaster.core.placement;

/**
 * E-PVM: the cost of a host is the sum over its resources of 2^(10 · used share), and the host is taken whose cost a task raises
 * the least. Spreads load, but leaves no resource of a host stranded. Between powers of two the cost is linear, so that it is the
 * same on every machine.
 */
public record OpportunityCost() implements PlacementStrategy.Costed {
    private static final int EXPONENT = 10;

    @Override
    public double cost(HostRoom host, long[] needs) {
        double cost = 0;
        for (int resource = 0; resource < needs.length; resource++) {
            if (needs[resource] > 0 && host.total(resource) > 0) {
                double used = 1 - host.freeShare(resource);
                cost += power(used + (double) needs[resource] / host.total(resource)) - power(used);
            }
        }
        return cost;
    }

    private static double power(double used) {
        double exponent = EXPONENT * used;
        int whole = (int) exponent;
        return Math.scalb(1 + (exponent - whole), whole);
    }
}
