package io.yardmaster.core.placement;

/** Finds the host that a strategy prefers for a task. */
interface HostChooser {
    /** The host for a task of a shape that ends at a time; -1 if none has room. */
    int choose(ShapeMatch shape, long end);

    /** Takes notice that the room of a host has become less. */
    void taken(int host);

    /** Takes notice that the room of a host has become more, because a gang was given up, or because tasks are to lose their places. */
    void givenBack(int host);

    /** True if the host chosen for a task would also be chosen for more tasks of its shape, as long as it has room. */
    boolean packs(ShapeMatch shape);

    static HostChooser of(PlacementStrategy strategy, HostRooms rooms) {
        if (strategy instanceof PlacementStrategy.Ordered ordered) {
            return new OrderedHosts(ordered, rooms);
        }
        return new CostedHosts((PlacementStrategy.Costed) strategy, rooms);
    }
}
