package io.yardmaster.bench.core;

import io.yardmaster.core.placement.HostRoom;
import io.yardmaster.core.placement.PlacementStrategy;

/** Any host that has room, by a number that is drawn for each host and again for each task on it. */
record RandomFit(long seed) implements PlacementStrategy.Ordered {
    @Override
    public void rank(HostRoom host, long needed, double[] key) {
        long mixed = seed + 0x9E3779B97F4A7C15L * (host.number() * 1_000_003L + host.tasks() + 1);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        key[0] = mixed ^ (mixed >>> 31);
    }
}
