/**
 * The pure core under JMH, without Kafka (B5): jobs with equal backlogs, decided on one thread in ticks of the shipped
 * window, with or without writing to a storage on the heap.
 */
package io.yardmaster.bench.core;
