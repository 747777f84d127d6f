package io.yardmaster.core.placement;

/** The room on a host in the course of planning, as a strategy sees it. Holds only during the call that gets it. */
public final class HostRoom {
    private final HostRooms rooms;
    private int host;

    HostRoom(HostRooms rooms) {
        this.rooms = rooms;
    }

    HostRoom at(int number) {
        host = number;
        return this;
    }

    /** The host's number in the order of names, from 0. */
    public int number() {
        return host;
    }

    /** The number of resources that the pool knows; they are numbered from 0, in the order of their names. */
    public int resources() {
        return rooms.width();
    }

    /** The number of a resource; -1 if no host has it. */
    public int resource(String name) {
        return rooms.resource(name);
    }

    /** The amount of a resource that is not booked; below 0 if the host has shrunk. */
    public long free(int resource) {
        return rooms.free(host, resource);
    }

    /** The amount of a resource that the host has in all. */
    public long total(int resource) {
        return rooms.total(host, resource);
    }

    /** The free part of a resource, from 0 to 1; 0 if the host has none of it. */
    public double freeShare(int resource) {
        long total = total(resource);
        return total == 0 ? 0 : Math.max(0.0, (double) free(resource) / total);
    }

    /** The number of tasks on the host. */
    public int tasks() {
        return rooms.tasks(host);
    }
}
