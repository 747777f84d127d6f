package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Hosts by their cost for each shape. While room only becomes less, costs only rise: the cost of the host at the top is counted
 * anew when it gets there.
 */
final class CostedHosts implements HostChooser {
    /** Each has an entry for each host. */
    private static final int MOST_SHAPES = 64;

    private record Candidate(double cost, int host) {}

    private static final Comparator<Candidate> CHEAPEST =
            Comparator.comparingDouble(Candidate::cost).thenComparingInt(Candidate::host);

    private final PlacementStrategy.Costed strategy;
    private final HostRooms rooms;
    private final HostRoom view;
    private final Map<ShapeMatch, PriorityQueue<Candidate>> shapes = new LinkedHashMap<>();

    CostedHosts(PlacementStrategy.Costed strategy, HostRooms rooms) {
        this.strategy = strategy;
        this.rooms = rooms;
        this.view = new HostRoom(rooms);
    }

    @Override
    public int choose(ShapeMatch shape, long end) {
        PriorityQueue<Candidate> candidates = candidates(shape);
        List<Candidate> reserved = new ArrayList<>();
        int chosen = -1;
        while (chosen < 0 && !candidates.isEmpty()) {
            Candidate cheapest = candidates.remove();
            if (rooms.countFree(cheapest.host, shape, 1) > 0) {
                Candidate now = candidate(cheapest.host, shape);
                if (now.cost > cheapest.cost) {
                    candidates.add(now);
                } else {
                    reserved.add(cheapest);
                    if (rooms.count(cheapest.host, shape, end, 1) > 0) {
                        chosen = cheapest.host;
                    }
                }
            }
        }
        candidates.addAll(reserved);
        return chosen;
    }

    private PriorityQueue<Candidate> candidates(ShapeMatch shape) {
        PriorityQueue<Candidate> known = shapes.get(shape);
        if (known != null) {
            return known;
        }
        if (shapes.size() == MOST_SHAPES) {
            shapes.remove(shapes.keySet().iterator().next());
        }
        PriorityQueue<Candidate> added = new PriorityQueue<>(CHEAPEST);
        for (int host = 0; host < rooms.size(); host++) {
            if (rooms.countFree(host, shape, 1) > 0) {
                added.add(candidate(host, shape));
            }
        }
        shapes.put(shape, added);
        return added;
    }

    private Candidate candidate(int host, ShapeMatch shape) {
        return new Candidate(strategy.cost(view.at(host), shape.needs()), host);
    }

    @Override
    public void taken(int host) {
        // The cost is counted anew when the host is at the top.
    }

    @Override
    public void givenBack(int host) {
        shapes.clear();
    }

    @Override
    public boolean packs(ShapeMatch shape) {
        return false;
    }
}
