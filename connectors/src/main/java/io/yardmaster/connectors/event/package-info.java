/**
 * The way from a row of the database to a record of a lane, the same for capture and polling.
 *
 * <pre>
 *   Change: row before and after, transaction, offset
 *      │ RowMapping: OutboxMapping, or StateMapping for tables of tasks and jobs
 *      ├──▶ LaneEvent ──▶ Draft: ready rows of one job and transaction join ──▶ ready, commit, cleanup
 *      │       ▲ GraphDocument: the stages of a whole job, as JSON ───────────▶ graphs
 *      └──▶ BadRowException ──▶ Draft of a dead letter, or the task stops ────▶ dead-letter
 * </pre>
 *
 * <ul>
 *   <li>The order of a job's rows is kept, and so is the order in which jobs first appear.
 *   <li>A record's offset covers no row that is not in it or in a record before it: after a crash rows may be read
 *       again, none is passed over.
 *   <li>A row that cannot be an event is a dead letter with the reason, or stops the task after the good rows before
 *       it.
 * </ul>
 */
package io.yardmaster.connectors.event;
