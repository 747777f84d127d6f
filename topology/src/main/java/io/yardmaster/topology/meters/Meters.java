package io.yardmaster.topology.meters;

/** Receives the measurements of one instance. Safe for use by all of its threads. */
public interface Meters {
    /** Discards everything. */
    Meters NONE = new Meters() {
        @Override
        public ShardMeters open(int partition) {
            return ShardMeters.NONE;
        }

        @Override
        public PlacementMeters openPlacement(int partition) {
            return PlacementMeters.NONE;
        }

        @Override
        public void deadLetter(String topic) {}
    };

    /**
     * Opens the meters of a shard, which this instance schedules until they are closed. Older meters of the same shard
     * may be closed only later.
     */
    ShardMeters open(int partition);

    /** Opens the meters of the pools of a partition, which this instance places on hosts until they are closed. */
    PlacementMeters openPlacement(int partition);

    /** A record of this topic became a dead letter, and the transaction is committed. */
    void deadLetter(String topic);
}
