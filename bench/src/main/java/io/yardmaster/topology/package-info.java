/**
 * The benchmarks' part of the scheduler's package, with one class: {@link io.yardmaster.topology.ShippedSettings} hands
 * the scheduler's settings of Kafka Streams, which are visible in this package only, to the topologies that it is
 * compared with. It lies here because no user of the scheduler should see those settings.
 */
package io.yardmaster.topology;
