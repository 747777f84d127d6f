package io.yardmaster.topology.meters;

/** Where one instance of the scheduler tells what it does. Safe for use by all of its threads. */
public interface Meters {
    /** Nobody looks. */
    Meters NONE = new Meters() {
        @Override
        public ShardMeters open(int partition) {
            return ShardMeters.NONE;
        }

        @Override
        public void deadLetter(String topic) {}
    };

    /**
     * A shard is scheduled here from now on, until what is returned is closed. The one before of the same partition
     * may be closed only later.
     */
    ShardMeters open(int partition);

    /** An event of this topic was put aside, and the transaction is committed. */
    void deadLetter(String topic);
}
