package io.yardmaster.core.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a task has no place. */
public final class FitExplanation {
    private final HostRooms rooms;
    private final Offer offer;
    private final ShapeMatch shape;
    private final Amounts needs;

    private FitExplanation(PlacementSnapshot snapshot, Offer offer) {
        this.rooms = new HostRooms(snapshot);
        this.offer = offer;
        this.shape = rooms.match(offer.requirement());
        this.needs = offer.requirement().needs();
    }

    /**
     * The reason, without a full stop, such as "needs gpu=4; the largest free is 2 on host 17; 12 hosts would fit when empty". Takes
     * time in proportion to hosts and bookings.
     */
    public static String of(PlacementSnapshot snapshot, Offer offer) {
        if (snapshot.open().isEmpty()) {
            return "the pool has no host that may get tasks";
        }
        return new FitExplanation(snapshot, offer).sentence();
    }

    private String sentence() {
        for (String resource : needs.names()) {
            if (rooms.resource(resource) < 0) {
                return "needs %s=%s; no host of the pool has %s".formatted(resource, needs.of(resource), resource);
            }
        }
        int suitable = 0;
        int fitting = 0;
        int empty = 0;
        long now = 0;
        for (int host = 0; host < rooms.size(); host++) {
            suitable += shape.suits(host, rooms.labels(host)) ? 1 : 0;
            fitting += rooms.countFree(host, shape, 1);
            now += rooms.countFree(host, shape, offer.gangSize());
            empty += rooms.countEmpty(host, shape, 1);
        }
        if (suitable == 0) {
            return "needs %s; no host of the pool has these labels".formatted(labels());
        }
        if (now >= offer.gangSize()) {
            return "there is room on %s; it is reserved, or the next plan takes it".formatted(hosts(fitting));
        }
        if (offer.gangSize() > 1) {
            return gang(now);
        }
        return "%s; %s would fit when empty".formatted(scarce(), empty == 0 ? "no host" : hosts(empty));
    }

    private String gang(long now) {
        long empty = 0;
        for (int host = 0; host < rooms.size(); host++) {
            empty += rooms.countEmpty(host, shape, offer.gangSize());
        }
        return "needs %s at once for each of %s tasks; %s would fit now, %s when all hosts are empty"
                .formatted(needs, offer.gangSize(), now, empty < offer.gangSize() ? empty : "all");
    }

    /** The needed resource of which the fewest suitable hosts have enough. */
    private String scarce() {
        @Nullable String worst = null;
        int fewest = Integer.MAX_VALUE;
        for (String resource : needs.names()) {
            int enough = 0;
            for (int host = 0; host < rooms.size(); host++) {
                enough += shape.suits(host, rooms.labels(host)) && free(host, resource) >= needs.of(resource) ? 1 : 0;
            }
            if (enough < fewest) {
                fewest = enough;
                worst = resource;
            }
        }
        if (worst == null || fewest > 0) {
            return "needs %s; no host has all of it free".formatted(needs);
        }
        int largest = -1;
        for (int host = 0; host < rooms.size(); host++) {
            if (shape.suits(host, rooms.labels(host)) && (largest < 0 || free(host, worst) > free(largest, worst))) {
                largest = host;
            }
        }
        return "needs %s=%s; the largest free is %s on host %s"
                .formatted(
                        worst,
                        needs.of(worst),
                        Math.max(0, free(largest, worst)),
                        rooms.host(largest).name());
    }

    private long free(int host, String resource) {
        return rooms.free(host, rooms.resource(resource));
    }

    private String labels() {
        List<String> sorted = offer.requirement().labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .toList();
        return String.join(", ", sorted);
    }

    private static String hosts(int count) {
        return count == 1 ? "1 host" : count + " hosts";
    }
}
