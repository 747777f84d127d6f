/**
 * The way from a COMMIT in the storage database to the assignment, for {@code bin/yardmaster-bench connect}: a real
 * database, a Connect worker with the connectors, the scheduler, and a fleet that only takes assignments.
 */
package io.yardmaster.bench.connect;
