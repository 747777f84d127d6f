package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides on which hosts the offers of a snapshot start: a pure function. Offers go by priority, then in their fair order. Gangs
 * start as a whole. The first task or gang of a level that has no room now, but would have on empty hosts, takes it from tasks of
 * lower priority, if the policy allows that; or it gets the level's reservation, and those behind it take nothing from others.
 */
public final class Planner {
    private static final int TRIES_BETWEEN_CHECKS = 16;

    private final PlacementSnapshot snapshot;
    private final PlacementPolicy policy;
    private final BooleanSupplier cancelled;
    private final HostRooms rooms;
    private final HostChooser chooser;
    private final Reserving reserving;
    private final List<Placing> placings = new ArrayList<>();
    private final List<BlockedOffer> blocked = new ArrayList<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private final Set<ShapeMatch> shapes = new HashSet<>();
    private long placed;
    private long wasted;
    private int tries;
    /** The reservation of the level's head in the last plan; null if there was none or it did not hold any more. */
    private @Nullable Reservation held;

    private boolean headIsKnown;
    /** Null before a task needs it. */
    private @Nullable Preemption preemption;

    private Planner(PlacementSnapshot snapshot, PlacementPolicy policy, BooleanSupplier cancelled) {
        this.snapshot = snapshot;
        this.policy = policy;
        this.cancelled = cancelled;
        this.rooms = new HostRooms(snapshot);
        this.chooser = HostChooser.of(policy.strategy(), rooms);
        this.reserving = new Reserving(rooms, snapshot, cancelled);
    }

    /** The plan for a snapshot. */
    public static Plan plan(PlacementSnapshot snapshot, PlacementPolicy policy) {
        return plan(snapshot, policy, () -> false);
    }

    /**
     * The plan for a snapshot.
     *
     * @param cancelled is asked often, from the calling thread
     * @throws PlanCancelledException soon after {@code cancelled} says so
     */
    public static Plan plan(PlacementSnapshot snapshot, PlacementPolicy policy, BooleanSupplier cancelled) {
        return new Planner(snapshot, policy, cancelled).plan();
    }

    private Plan plan() {
        List<Offer> offers = snapshot.offers();
        int from = 0;
        while (from < offers.size()) {
            int to = from;
            while (to < offers.size()
                    && offers.get(to).priority() == offers.get(from).priority()) {
                to++;
            }
            level(offers.subList(from, to));
            from = to;
        }
        PlanCounters counters = new PlanCounters(placed, rooms.looks(), wasted, shapes.size());
        return new Plan(snapshot.at(), placings, reservations, blocked, counters);
    }

    /** The head that has the level's reservation goes first, although an offer before it may have come back. */
    private void level(List<Offer> offers) {
        Offer head = takeHeld(offers);
        headIsKnown = false;
        if (head != null) {
            if (isFull() && held != null) {
                reservations.add(held);
                headIsKnown = true;
            }
            place(head);
        }
        for (Offer offer : offers) {
            if (head == null || offer.order() != head.order()) {
                place(offer);
            }
        }
    }

    /** Finds the reservation of a level; the offer for which it was made, or null if there is none any more. */
    private @Nullable Offer takeHeld(List<Offer> offers) {
        held = null;
        for (Reservation each : snapshot.reservations()) {
            if (each.priority() == offers.get(0).priority()) {
                for (Offer offer : offers) {
                    if (offer.order() == each.offer()) {
                        held = each;
                        return offer;
                    }
                }
            }
        }
        return null;
    }

    private boolean isFull() {
        return placed >= policy.planLimit();
    }

    private void place(Offer offer) {
        ShapeMatch shape = rooms.match(offer.requirement());
        shapes.add(shape);
        long end = offer.endIfStarted(snapshot.at());
        int next = offer.firstTask();
        int behind = next + offer.tasks();
        while (next < behind) {
            if (isFull()) {
                blocked.add(new BlockedOffer(offer, next, BlockedOffer.Reason.PLAN_LIMIT));
                return;
            }
            int started = start(offer, shape, next, behind - next, end);
            if (started == 0) {
                started = preempt(offer, shape, next, end);
            }
            if (started == 0) {
                block(offer, shape, next);
                return;
            }
            next += started;
            placed += started;
        }
    }

    /** Starts one gang, or some tasks that start alone; 0 if there is no room. */
    private int start(Offer offer, ShapeMatch shape, int next, int left, long end) {
        if (tries++ % TRIES_BETWEEN_CHECKS == 0 && cancelled.getAsBoolean()) {
            throw new PlanCancelledException();
        }
        if (!shape.known() || shape.isExhausted(offer.gangSize(), end)) {
            return 0;
        }
        long refusals = rooms.refusals();
        int started = offer.gangSize() == 1
                ? some(offer, shape, next, (int) Math.min(left, policy.planLimit() - placed), end)
                : gang(offer, shape, next, end);
        if (started == 0) {
            wasted++;
            shape.exhaust(offer.gangSize(), refusals == rooms.refusals() ? Long.MIN_VALUE : end);
        }
        return started;
    }

    private int some(Offer offer, ShapeMatch shape, int next, int most, long end) {
        int host = chooser.choose(shape, end);
        if (host < 0) {
            return 0;
        }
        int count = chooser.packs(shape) ? rooms.count(host, shape, end, most) : 1;
        take(offer, shape, next, count, host, end);
        return count;
    }

    private int gang(Offer offer, ShapeMatch shape, int next, long end) {
        List<Integer> hosts = new ArrayList<>();
        int kept = placings.size();
        int placedOfGang = 0;
        while (placedOfGang < offer.gangSize()) {
            int count = some(offer, shape, next + placedOfGang, offer.gangSize() - placedOfGang, end);
            if (count == 0) {
                for (int last = hosts.size() - 1; last >= 0; last--) {
                    rooms.undo(hosts.get(last));
                    chooser.givenBack(hosts.get(last));
                }
                placings.subList(kept, placings.size()).clear();
                return 0;
            }
            hosts.add(rooms.number(placings.get(placings.size() - 1).host()));
            placedOfGang += count;
        }
        return placedOfGang;
    }

    /** Starts one gang, or one task, in the place of others; 0 if there are too few that may lose theirs. */
    private int preempt(Offer offer, ShapeMatch shape, int next, long end) {
        if (policy.preemption() == 0 || headIsKnown || !fitsEmpty(offer, shape)) {
            return 0;
        }
        if (preemption == null) {
            preemption = new Preemption(snapshot, rooms, policy.preemption(), cancelled);
        }
        List<Booking> victims = preemption.victims(offer, shape).orElse(null);
        if (victims == null) {
            return 0;
        }
        for (Booking victim : victims) {
            int host = rooms.release(victim);
            if (host >= 0) {
                chooser.givenBack(host);
            }
        }
        int first = placings.size();
        int started = offer.gangSize() == 1 ? some(offer, shape, next, 1, end) : gang(offer, shape, next, end);
        if (started == 0) {
            throw new IllegalStateException("%s has no place although %s end".formatted(offer, victims));
        }
        placings.set(first, placings.get(first).with(victims));
        return started;
    }

    private void take(Offer offer, ShapeMatch shape, int next, int count, int host, long end) {
        Host on = rooms.host(host);
        placings.add(new Placing(offer, next, count, on.name(), on.incarnation(), rooms.heldSince(host)));
        rooms.place(host, shape, count, snapshot.at(), end);
        chooser.taken(host);
    }

    private void block(Offer offer, ShapeMatch shape, int next) {
        int size = offer.gangSize();
        boolean fits = fitsEmpty(offer, shape);
        blocked.add(new BlockedOffer(
                offer,
                next,
                !fits
                        ? BlockedOffer.Reason.FITS_NOWHERE
                        : shape.isReserved(size) ? BlockedOffer.Reason.RESERVED : BlockedOffer.Reason.NO_ROOM));
        if (fits && !headIsKnown) {
            headIsKnown = true;
            Reservation reservation = reserve(offer, shape, next);
            if (reservation != null) {
                reservations.add(reservation);
            }
        }
    }

    private boolean fitsEmpty(Offer offer, ShapeMatch shape) {
        int size = offer.gangSize();
        return shape.known() && shape.fitsEmpty(size, () -> rooms.fitsEmpty(shape, size));
    }

    private @Nullable Reservation reserve(Offer offer, ShapeMatch shape, int next) {
        if (held != null && held.offer() == offer.order() && held.firstTask() == next && reserving.renew(held, shape)) {
            return held;
        }
        return reserving.reserve(offer, next, shape, snapshot.at());
    }
}
