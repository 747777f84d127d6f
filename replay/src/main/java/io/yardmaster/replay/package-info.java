/**
 * Replays a recorded day under other policies: the scheduler that decides in production, in virtual time, against a modelled fleet.
 *
 * <pre>
 *   traces: a file ──▶ Day ──▶ TimedEvent … ──▶ Replay ─┬─▶ engine: PolicyRun, one for each policy ──▶ report: RunFigures ─┐
 *                                                       └─▶ what the recording says of its own day ──▶ report: RunFigures ─┴─▶ Comparison
 *   Comparison ──▶ table, JSON, CSV, or one page with plots
 * </pre>
 *
 * <p>Guarantees. The same day, policies, fleet and seed give the same report, byte by byte (R1). No clock is read and nothing is
 * waited for: time is that of the day (R3). Each event is read once, for all policies, and forgotten when its job has ended,
 * so a day may be larger than the memory.
 *
 * <p>Limits. A task takes one slot, and as long as it took in the recording; it does not fail unless it failed there.
 * An assignment begins to run in the moment in which it is made.
 */
package io.yardmaster.replay;
