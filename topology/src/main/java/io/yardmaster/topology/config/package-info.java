/**
 * The settings: one table ({@link io.yardmaster.topology.config.Settings}) from which they are parsed, described and
 * documented, and the typed, checked result ({@link io.yardmaster.topology.config.SchedulerConfig}).
 */
package io.yardmaster.topology.config;
