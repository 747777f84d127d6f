package io.yardmaster.topology.config;

import java.time.Duration;

/**
 * The settings of plans, which say on which hosts tasks run.
 *
 * @param interval shortest time between two plans of a pool
 * @param limit maximum number of tasks that one plan places
 * @param threads of the instance that make plans; 0 if its stream threads do
 * @param backoff how long a pool in which nothing fitted is not planned unless something changes
 * @param busiestFirst whether of two pools of one priority the one is planned first that placed more tasks last time
 */
public record PlanSettings(Duration interval, int limit, int threads, Duration backoff, boolean busiestFirst) {}
