/**
 * From a COMMIT in the storage database to the assignment: a real database, a Connect worker with the connectors, the
 * scheduler, and a fleet that does nothing but take.
 */
package io.yardmaster.bench.connect;
