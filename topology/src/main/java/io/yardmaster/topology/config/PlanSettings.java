package io.yardmaster.topology.config;

import java.time.Duration;

/**
 * The settings of plans, which say on which hosts tasks run.
 *
 * @param interval shortest time between two plans of a pool
 * @param limit maximum number of tasks that one plan places
 * @param threads of the instance that make plans; 0 if its stream threads do
 */
public record PlanSettings(Duration interval, int limit, int threads) {}
