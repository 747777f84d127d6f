package io.yardmaster.core.placement;

/** The part of a reservation that concerns one host. */
final class Hold {
    private final Reservation reservation;
    /** By the number of the resource: room at the turn that the head does not need. */
    private final long[] spare;

    Hold(Reservation reservation, long[] spare) {
        this.reservation = reservation;
        this.spare = spare;
    }

    long since() {
        return reservation.since();
    }

    /** True if a task with this end gives back its room before the turn of the head. */
    boolean endsBefore(long end) {
        return end <= reservation.turn();
    }

    long[] spare() {
        return spare;
    }

    void take(long[] needs, int tasks) {
        for (int resource = 0; resource < needs.length; resource++) {
            spare[resource] -= needs[resource] * tasks;
        }
    }
}
