package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The planner's rules with nothing but loops: one task after the other, each compared with every host. */
final class NaivePlanner {
    private static final double ROUNDING = 1e-6;

    private record Hold(long since, long turn, Map<String, Long> spare) {}

    private record Stay(long end, long at, Map<String, Long> needs, long beside) {}

    private static final class Place {
        private final Host host;
        private final Map<String, Long> free = new TreeMap<>();
        private final List<Stay> stays = new ArrayList<>();
        private Hold hold;

        Place(Host host, Iterable<String> resources) {
            this.host = host;
            resources.forEach(resource -> free.put(resource, host.total().of(resource)));
        }

        void add(Stay stay) {
            stays.add(stay);
            free.replaceAll((resource, amount) -> amount - stay.needs.getOrDefault(resource, 0L));
            if (hold != null && stay.end > hold.turn) {
                hold.spare.replaceAll((resource, amount) -> amount - stay.needs.getOrDefault(resource, 0L));
            }
        }

        void removeLast() {
            Stay last = stays.remove(stays.size() - 1);
            free.replaceAll((resource, amount) -> amount + last.needs.getOrDefault(resource, 0L));
            if (hold != null && last.end > hold.turn) {
                hold.spare.replaceAll((resource, amount) -> amount + last.needs.getOrDefault(resource, 0L));
            }
        }

        boolean fits(Offer offer, long end) {
            return suits(offer, free) && (hold == null || end <= hold.turn || suits(offer, hold.spare));
        }

        boolean suits(Offer offer, Map<String, Long> amounts) {
            return offer.requirement().suits(host.labels())
                    && holds(amounts, offer.requirement().needs(), 1);
        }

        double share(String resource) {
            long total = host.total().of(resource);
            return total == 0 ? 0 : Math.max(0.0, (double) free.get(resource) / total);
        }
    }

    private final PlacementSnapshot snapshot;
    private final PlacementStrategy strategy;
    private final TreeMap<String, Place> places = new TreeMap<>();
    private final Set<String> resources = new TreeSet<>();
    private final List<String> placed = new ArrayList<>();
    private final List<String> blocked = new ArrayList<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private final Map<String, String> hints;
    private long nextSince;

    /**
     * Plans.
     *
     * @param hints hosts by order and task: where costs are equal but for rounding, the hint is taken
     */
    NaivePlanner(PlacementSnapshot snapshot, PlacementStrategy strategy, Map<String, String> hints) {
        this.hints = hints;
        this.snapshot = snapshot;
        this.strategy = strategy;
        snapshot.hosts().forEach(host -> resources.addAll(host.total().names()));
        snapshot.hosts().forEach(host -> places.put(host.name(), new Place(host, resources)));
        for (Booking booking : snapshot.bookings()) {
            Place place = places.get(booking.host());
            if (place != null) {
                place.add(new Stay(booking.expectedEnd(), booking.at(), map(booking.needs()), booking.beside()));
            }
        }
        nextSince = snapshot.at();
        snapshot.reservations().forEach(each -> nextSince = Math.max(nextSince, each.since() + 1));
        Set<Integer> levels = new HashSet<>();
        for (Offer offer : snapshot.offers()) {
            if (levels.add(offer.priority())) {
                level(snapshot.offers().stream()
                        .filter(each -> each.priority() == offer.priority())
                        .toList());
            }
        }
    }

    List<String> placed() {
        return placed;
    }

    List<String> blocked() {
        return blocked;
    }

    List<Reservation> reservations() {
        return reservations;
    }

    private static Map<String, Long> map(Amounts amounts) {
        Map<String, Long> map = new TreeMap<>();
        amounts.names().forEach(name -> map.put(name, amounts.of(name)));
        return map;
    }

    private static boolean holds(Map<String, Long> amounts, Amounts needs, int times) {
        return needs.names().stream().allMatch(name -> amounts.getOrDefault(name, 0L) >= needs.of(name) * times);
    }

    private void level(List<Offer> offers) {
        Reservation held = null;
        List<Offer> order = new ArrayList<>(offers);
        for (Reservation each : snapshot.reservations()) {
            for (Offer offer : offers) {
                if (each.priority() == offer.priority() && each.offer() == offer.order()) {
                    held = each;
                    order.remove(offer);
                    order.add(0, offer);
                }
            }
        }
        boolean headIsKnown = false;
        for (Offer offer : order) {
            int next = offer.firstTask();
            while (next < offer.firstTask() + offer.tasks() && start(offer, next)) {
                next += offer.gangSize();
            }
            if (next < offer.firstTask() + offer.tasks()) {
                boolean fits = fitsEmpty(offer);
                blocked.add(offer.order() + "." + next + (fits ? "" : " nowhere"));
                if (fits && !headIsKnown) {
                    headIsKnown = true;
                    reserve(offer, next, held);
                }
            }
        }
    }

    private boolean fitsEmpty(Offer offer) {
        long room = 0;
        for (Place place : places.values()) {
            Map<String, Long> total = map(place.host.total());
            while (offer.requirement().suits(place.host.labels())
                    && room < offer.gangSize()
                    && holds(total, offer.requirement().needs(), 1)) {
                total.replaceAll((resource, amount) ->
                        amount - offer.requirement().needs().of(resource));
                room++;
            }
        }
        return room >= offer.gangSize();
    }

    private boolean start(Offer offer, int first) {
        long end = offer.endIfStarted(snapshot.at());
        List<Place> chosen = new ArrayList<>();
        for (int member = 0; member < offer.gangSize(); member++) {
            Place best = null;
            for (Place place : places.values()) {
                if (place.fits(offer, end) && (best == null || isBetter(place, best, offer))) {
                    best = place;
                }
            }
            Place hint = places.get(hints.getOrDefault(offer.order() + "." + (first + member), ""));
            if (best != null && hint != null && strategy instanceof PlacementStrategy.Costed && hint.fits(offer, end)) {
                best = key(hint, offer)[0] <= key(best, offer)[0] + ROUNDING ? hint : best;
            }
            if (best == null) {
                for (int last = chosen.size() - 1; last >= 0; last--) {
                    chosen.get(last).removeLast();
                }
                return false;
            }
            long beside = best.hold == null ? Booking.NO_RESERVATION : best.hold.since;
            best.add(new Stay(end, snapshot.at(), map(offer.requirement().needs()), beside));
            chosen.add(best);
        }
        for (int member = 0; member < chosen.size(); member++) {
            placed.add("%s.%s@%s"
                    .formatted(
                            offer.order(),
                            first + member,
                            chosen.get(member).host.name()));
        }
        return true;
    }

    private boolean isBetter(Place one, Place other, Offer offer) {
        double[] oneKey = key(one, offer);
        double[] otherKey = key(other, offer);
        for (int part = 0; part < oneKey.length; part++) {
            if (oneKey[part] != otherKey[part]) {
                return oneKey[part] < otherKey[part];
            }
        }
        return false;
    }

    private double[] key(Place place, Offer offer) {
        Map<String, Long> needs = map(offer.requirement().needs());
        if (strategy instanceof Spread) {
            double least = 1;
            for (String resource : resources) {
                if (place.host.total().of(resource) > 0) {
                    least = Math.min(least, place.share(resource));
                }
            }
            return new double[] {-least, place.stays.size()};
        }
        if (strategy instanceof OpportunityCost) {
            double cost = 0;
            for (String resource : needs.keySet()) {
                double used = 1 - place.share(resource);
                cost += power(used
                                + (double) needs.get(resource)
                                        / place.host.total().of(resource))
                        - power(used);
            }
            return new double[] {cost};
        }
        double unneeded = 0;
        double scarce = 0;
        for (String resource : resources) {
            if (!resource.equals("cpu") && !resource.equals("memory")) {
                unneeded += !needs.containsKey(resource) && place.free.get(resource) > 0 ? 1 : 0;
                scarce += needs.containsKey(resource) ? place.free.get(resource) : 0;
            }
        }
        return new double[] {
            unneeded, scarce, place.free.getOrDefault("cpu", 0L), -place.free.getOrDefault("memory", 0L)
        };
    }

    private static double power(double used) {
        double exponent = 10 * used;
        double whole = Math.floor(exponent);
        return (1 + exponent - whole) * Math.pow(2, whole);
    }

    private void reserve(Offer offer, int first, Reservation held) {
        if (held != null && held.offer() == offer.order() && held.firstTask() == first && install(held, offer)) {
            reservations.add(held);
            return;
        }
        record Opening(long time, String host) {}
        List<Opening> openings = new ArrayList<>();
        Amounts needs = offer.requirement().needs();
        for (Place place : places.values()) {
            if (place.hold == null && place.suits(offer, map(place.host.total()))) {
                Map<String, Long> room = new TreeMap<>(place.free);
                int fitting = 0;
                while (fitting < offer.gangSize() && holds(room, needs, fitting + 1)) {
                    openings.add(new Opening(snapshot.at(), place.host.name()));
                    fitting++;
                }
                for (Stay stay : byEnd(place.stays)) {
                    room.replaceAll((resource, amount) -> amount + stay.needs.getOrDefault(resource, 0L));
                    while (fitting < offer.gangSize() && holds(room, needs, fitting + 1)) {
                        openings.add(new Opening(Math.max(snapshot.at(), stay.end), place.host.name()));
                        fitting++;
                    }
                }
            }
        }
        openings.sort(Comparator.comparingLong(Opening::time).thenComparing(Opening::host));
        if (openings.size() < offer.gangSize()) {
            return;
        }
        List<Opening> taken = openings.subList(0, offer.gangSize());
        Map<String, Integer> tasks = new TreeMap<>();
        taken.forEach(opening -> tasks.merge(opening.host, 1, Integer::sum));
        long turn = taken.get(taken.size() - 1).time;
        Reservation made = new Reservation(
                offer.priority(),
                offer.order(),
                first,
                nextSince++,
                turn == Booking.NEVER ? snapshot.at() : turn,
                tasks);
        if (install(made, offer)) {
            reservations.add(made);
        }
    }

    private static List<Stay> byEnd(List<Stay> stays) {
        List<Stay> sorted = new ArrayList<>(stays);
        sorted.sort(Comparator.comparingLong(Stay::end).thenComparingLong(Stay::at));
        return sorted;
    }

    private boolean install(Reservation reservation, Offer offer) {
        Map<Place, Hold> holds = new LinkedHashMap<>();
        Amounts needs = offer.requirement().needs();
        for (Map.Entry<String, Integer> share : reservation.tasks().entrySet()) {
            Place place = places.get(share.getKey());
            int tasks = share.getValue();
            if (place == null
                    || place.hold != null
                    || !offer.requirement().suits(place.host.labels())
                    || !holds(map(place.host.total()), needs, tasks)) {
                return false;
            }
            Map<String, Long> room = new TreeMap<>(place.free);
            List<Stay> ending = byEnd(place.stays);
            ending.removeIf(stay -> stay.beside == reservation.since() && stay.end > reservation.turn());
            while (!holds(room, needs, tasks)) {
                if (ending.isEmpty()) {
                    return false;
                }
                Stay ended = ending.remove(0);
                room.replaceAll((resource, amount) -> amount + ended.needs.getOrDefault(resource, 0L));
            }
            room.replaceAll((resource, amount) -> amount - needs.of(resource) * tasks);
            holds.put(place, new Hold(reservation.since(), reservation.turn(), room));
        }
        holds.forEach((place, hold) -> place.hold = hold);
        return true;
    }
}
