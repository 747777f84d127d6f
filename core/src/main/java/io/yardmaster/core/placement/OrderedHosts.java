package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hosts in the order of a strategy, with one order for each set of resources that tasks need. */
final class OrderedHosts implements HostChooser {
    /** Each placement moves a host in all orders. Tasks that need yet another set share the order of all resources. */
    private static final int MOST_ORDERS = 8;

    private static final long ALL_RESOURCES = -1;

    private final PlacementStrategy.Ordered strategy;
    private final HostRooms rooms;
    private final Map<Long, HostBlocks> orders = new HashMap<>();
    private final List<HostBlocks> all = new ArrayList<>();

    OrderedHosts(PlacementStrategy.Ordered strategy, HostRooms rooms) {
        this.strategy = strategy;
        this.rooms = rooms;
    }

    @Override
    public int choose(ShapeMatch shape, long end) {
        return order(shape.needed()).first(shape, end);
    }

    private HostBlocks order(long needed) {
        HostBlocks known = orders.get(needed);
        if (known != null) {
            return known;
        }
        if (orders.size() >= MOST_ORDERS && needed != ALL_RESOURCES) {
            return order(ALL_RESOURCES);
        }
        HostBlocks added = new HostBlocks(strategy, needed, rooms);
        orders.put(needed, added);
        all.add(added);
        return added;
    }

    @Override
    public void taken(int host) {
        for (HostBlocks order : all) {
            order.move(host);
        }
    }

    @Override
    public void givenBack(int host) {
        taken(host);
    }

    @Override
    public boolean packs(ShapeMatch shape) {
        return strategy.packs(shape.requirement().needs());
    }
}
