package io.yardmaster.replay.forecast;

/**
 * Hosts that are reserved now.
 *
 * @param order of the gang, or of the single task, for which they are, in its pool
 * @param tasks of the gang; 1 for a task that starts alone
 */
record ReservedHosts(String pool, long order, long job, int tasks) {}
