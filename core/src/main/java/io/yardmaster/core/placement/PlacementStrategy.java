package io.yardmaster.core.placement;

/** The choice among the hosts that have room for a task. On a tie the host with the first name is taken. */
public sealed interface PlacementStrategy {

    /** Ranks hosts by keys that depend on which resources a task needs, but not on how much of them. */
    non-sealed interface Ordered extends PlacementStrategy {
        /** The length of a key. */
        int KEYS = 4;

        /**
         * Writes the key of a host; the host with the lowest key is taken, compared from the first number to the last.
         *
         * @param needed bit i is set if the task needs resource i of the host
         */
        void rank(HostRoom host, long needed, double[] key);

        /** True if the host with the lowest key keeps that rank when it gets a task with these needs, as long as it has room. */
        default boolean packs(Amounts needs) {
            return false;
        }
    }

    /** Ranks hosts by a cost that depends on all needs of a task. More tasks on a host never make the next one cheaper. */
    non-sealed interface Costed extends PlacementStrategy {
        /**
         * The cost of a task on a host; the lowest is taken.
         *
         * @param needs by the numbers of the host's resources
         */
        double cost(HostRoom host, long[] needs);
    }
}
