package io.yardmaster.client;

/**
 * An execution manager's part in its group, by which it gets assignments. The kinds of group differ in nothing else.
 */
interface Membership {

    /** Returns once a stop was requested and the group is left. Throws an error that it cannot survive. */
    void run() throws InterruptedException;
}
