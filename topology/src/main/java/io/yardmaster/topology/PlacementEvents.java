package io.yardmaster.topology;

import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.Requirement;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostLimits;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.OfferEnd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/** Makes the core's values of heartbeats and offers, and refuses those that their schema allows but that make no sense. */
final class PlacementEvents {
    /** A gang is kept in one entry of the state, whose size this bounds. */
    static final int MOST_IN_GANG = 1_000;

    private static final long MOST_AHEAD_MS = 5_000;

    private PlacementEvents() {}

    /**
     * The host of a heartbeat.
     *
     * @param heard the time at which it was heard, by the clock of placement
     * @param wallClock the present time as the machine has it, with which the host's own clock is compared
     * @throws InvalidEventException with the reason if it makes no sense
     */
    static io.yardmaster.core.placement.Host host(Host host, byte[] key, long heard, long wallClock) {
        checkKey(key, host.getPool());
        HostLimits.problem(host.getHost(), host.getTotal(), host.getLabels()).ifPresent(problem -> {
            throw new InvalidEventException(problem);
        });
        if (host.getDispatchPartition() < 0) {
            throw new InvalidEventException("host %s has dispatch_partition %s: must be 0 or more"
                    .formatted(host.getHost(), host.getDispatchPartition()));
        }
        long ahead = host.getAt().toEpochMilli() - wallClock;
        if (ahead > MOST_AHEAD_MS) {
            throw new InvalidEventException("host %s is refused: its clock is %s ms ahead, %s are allowed"
                    .formatted(host.getHost(), ahead, MOST_AHEAD_MS));
        }
        return new io.yardmaster.core.placement.Host(
                host.getPool(),
                host.getHost(),
                host.getIncarnation(),
                Amounts.of(host.getTotal()),
                host.getLabels(),
                host.getDispatchPartition(),
                heard);
    }

    /** The tasks of an offer, a gang as one unit and all others one by one. */
    static List<OfferedUnit> units(Offer offer, Headers headers) {
        List<Long> ids = offer.getAssignmentIds();
        if (ids.isEmpty() || offer.getFirstTask() < 0 || offer.getFirstTask() > Integer.MAX_VALUE - ids.size()) {
            throw new InvalidEventException(
                    "an offer has %s tasks from %s on".formatted(ids.size(), offer.getFirstTask()));
        }
        if (offer.getGang() && ids.size() > MOST_IN_GANG) {
            throw new InvalidEventException("a gang has %s tasks, and may have %s".formatted(ids.size(), MOST_IN_GANG));
        }
        if (offer.getNeeds().values().stream().anyMatch(need -> need < 0 || need > HostLimits.AMOUNT)) {
            throw new InvalidEventException(
                    "an offer has needs %s: must be from 0 to %s".formatted(offer.getNeeds(), HostLimits.AMOUNT));
        }
        byte[] envelope = AssignmentEnvelope.encode(offer, headers);
        Requirement requirement = new Requirement(Amounts.of(offer.getNeeds()), offer.getLabels());
        int size = offer.getGang() ? ids.size() : 1;
        OfferedUnit first = null;
        List<OfferedUnit> units = new ArrayList<>();
        for (int place = 0; place < ids.size(); place += size) {
            var unit = new io.yardmaster.core.placement.Offer(
                    0,
                    offer.getJobId(),
                    offer.getResourceGroupId(),
                    offer.getSessionId(),
                    offer.getStage(),
                    offer.getFirstTask() + place,
                    size,
                    offer.getAttempt(),
                    requirement,
                    offer.getPriority(),
                    size,
                    Math.max(-1, offer.getExpectedMs()),
                    offer.getPreemptible());
            List<Long> its = ids.subList(place, place + size);
            first = first == null ? new OfferedUnit(unit, its, envelope) : first.withEnvelope(unit, its);
            units.add(first);
        }
        return units;
    }

    /** The ends that a record names. */
    static List<OfferEnd> ends(Offer offer) {
        if (offer.getEnds().isEmpty()) {
            throw new InvalidEventException("an end names no assignment");
        }
        return offer.getEnds();
    }

    static void checkKey(byte[] key, String pool) {
        if (key == null || !Arrays.equals(key, pool.getBytes(StandardCharsets.UTF_8))) {
            throw new InvalidEventException("the key must be the pool's name, '%s'".formatted(pool));
        }
    }
}
