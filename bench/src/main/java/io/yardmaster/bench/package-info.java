/**
 * The command line of the benchmarks, {@code bin/yardmaster-bench}: the suite B1 to B35, and the commands that measure
 * fairness, failover, idleness, settings, the way from a database and other schedulers.
 *
 * <pre>
 *   YardmasterBench ──▶ runs.Suite ──▶ a BenchmarkRun each ──▶ contestants, in JVMs of their own ──▶ report
 *        ├─ fairness · failover · idle · connect · peers ──▶ packages of these names
 *        └─ settings ──▶ runs.Alternatives
 * </pre>
 *
 * <p>Figures are ratios to a topology that only copies, taken in the same minutes on the same machine. Exit codes: 0
 * done, 1 failed or, with {@code --quick}, a figure not even half as good as the recorded one, 2 wrong usage.
 */
package io.yardmaster.bench;
