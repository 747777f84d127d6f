/**
 * The pure core under JMH, without Kafka (B5, B18, B19, B22, B23): jobs with equal backlogs, with graphs, or with limits, decided
 * on one thread in ticks of the shipped window, with or without writing to a storage on the heap. And the planner of placement (B27, B28, B30,
 * B32), which needs no storage.
 */
package io.yardmaster.bench.core;
