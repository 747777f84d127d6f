/**
 * The metrics at {@code /metrics}: Micrometer's meters in the format of Prometheus. The rest of the program knows only
 * {@link io.yardmaster.topology.meters.Meters}.
 */
package io.yardmaster.app.metrics;
