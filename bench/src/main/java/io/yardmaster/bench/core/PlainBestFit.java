package io.yardmaster.bench.core;

import io.yardmaster.core.placement.HostRoom;
import io.yardmaster.core.placement.PlacementStrategy;

/** Best fit as textbooks have it: the host whose free shares of all resources have the least sum. */
record PlainBestFit() implements PlacementStrategy.Ordered {
    @Override
    public void rank(HostRoom host, long needed, double[] key) {
        double sum = 0;
        for (int resource = 0; resource < host.resources(); resource++) {
            sum += host.freeShare(resource);
        }
        key[0] = sum;
    }
}
