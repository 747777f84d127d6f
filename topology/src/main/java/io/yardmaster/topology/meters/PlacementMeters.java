package io.yardmaster.topology.meters;

import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolHosts;
import java.util.List;

/** Receives the measurements of the pools of one partition, whose tasks are placed on hosts, from its stream thread alone. */
public interface PlacementMeters extends AutoCloseable {
    /** Discards everything. */
    PlacementMeters NONE = new PlacementMeters() {
        @Override
        public void planned(PlanReport report) {}

        @Override
        public void failed(String pool) {}

        @Override
        public void released(String pool) {}

        @Override
        public void pools(List<PoolHosts> pools) {}

        @Override
        public void close() {}
    };

    /** A plan was applied. */
    void planned(PlanReport report);

    /** A plan has failed. */
    void failed(String pool);

    /** A host was silent for so long that its tasks go to others. */
    void released(String pool);

    /** Receives all pools, about once a second. */
    void pools(List<PoolHosts> pools);

    /** The pools are not placed here any more. */
    @Override
    void close();
}
