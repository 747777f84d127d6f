/**
 * The way back, for the storage database: outcomes and job events from Kafka become rows.
 *
 * <pre>
 *   outcomes ─┐                  ┌─ bad ──▶ ErrantRecords
 *             ├─▶ ResultsTask ───┤
 *   events ───┘   (ResultReader) └─ good ─▶ ResultStore ──(one transaction)──▶ yardmaster_positions
 *                                             │ Merge                          yardmaster_outcomes
 *                                             └─ TaskRow, JobRow               yardmaster_jobs
 * </pre>
 *
 * <ul>
 *   <li>Rows and the position in Kafka up to which they hold are committed together, and only by the task that has read the position
 *       that is there. So each record counts once, also after a crash, with a second worker that believes to own the
 *       partition, and after a restore of the database: the position comes back with the rows, and reading goes on from it.
 *   <li>{@link io.yardmaster.connectors.results.Merge} decides which row stands. It needs no order among outcomes, nor between
 *       outcomes and events, and repeats change nothing; so reading a topic again from any earlier offset does no harm.
 *   <li>Records that Kafka deleted before they became rows are counted in {@code yardmaster_positions} in the same transaction that
 *       passes over them, and a line of the log says which.
 *   <li>A record that cannot be a row is a dead letter before the position passes it. Anything else that the database
 *       refuses is tried again until it takes it.
 * </ul>
 */
package io.yardmaster.connectors.results;
