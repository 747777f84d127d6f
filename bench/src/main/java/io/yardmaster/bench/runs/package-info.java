/**
 * The benchmarks B1 to B35: which sides each compares, and how a round of each kind is measured.
 *
 * <pre>
 *   Suite ──▶ BenchmarkRun (ReadyToDispatch, Growth, Restart …) ──▶ Interleaved: A B C, A B C …
 *                                                                      │ Side: contestant, workload, settings
 *                                                                      ▼
 *             Figures ◀── Series, ratios within a round ◀── ThroughputRound, LatencyRound, StateRound …
 *                                                                      │
 *                                                                      ▼
 *                                                           BenchCluster: broker, contestants' JVMs, fresh topics
 * </pre>
 *
 * <p>A ratio is taken within a round, of sides that ran one after the other, so a slow minute of the machine hits both.
 */
package io.yardmaster.bench.runs;
