package io.yardmaster.client;

/** How an execution manager takes part in its group and gets assignments; the one thing in which the kinds of group differ. */
interface Membership {

    /** Returns when the stop signal says so; the group has been left then. Throws what it cannot survive. */
    void run() throws InterruptedException;
}
