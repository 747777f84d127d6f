/**
 * What a deployment with Kafka Connect has beside Kafka, for tests and benchmarks: a real PostgreSQL and a real
 * MariaDB, a Connect worker in a process of its own, and a schema registry that it can reach.
 */
package io.yardmaster.embedded.connect;
