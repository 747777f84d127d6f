package io.yardmaster.core.placement;

/** Spreads tasks: the host is taken whose most used resource is the least used one, then the host with the fewest tasks. */
public record Spread() implements PlacementStrategy.Ordered {
    @Override
    public void rank(HostRoom host, long needed, double[] key) {
        double least = 1;
        for (int resource = 0; resource < host.resources(); resource++) {
            if (host.total(resource) > 0) {
                least = Math.min(least, host.freeShare(resource));
            }
        }
        key[0] = -least;
        key[1] = host.tasks();
        key[2] = 0;
        key[3] = 0;
    }
}
