/**
 * The settings. One table, {@link io.yardmaster.topology.config.Settings}, is the source of parsing, help and
 * documentation; {@link io.yardmaster.topology.config.SchedulerConfig} is the typed and checked result.
 */
package io.yardmaster.topology.config;
