package io.yardmaster.bench.contestants;

/** A queue of tasks in a database. */
interface DurableQueue {
    /**
     * Puts tasks in while others take them out, until all are done, and leaves the queue empty.
     *
     * @param threads that work on tasks at once, if the queue has a choice
     */
    void run(long tasks, int threads) throws Exception;
}
