/**
 * Polling: a connector that asks the outbox table for new rows, for databases whose log may not be read.
 *
 * <pre>
 *   PollingTask ──▶ DatabaseConnection ──▶ OutboxPages.after(offset) ──▶ Change ──▶ EventRecords ──▶ lanes
 *       │ a failure: Outage                   │
 *       ▼                                     ├─ PostgresPages: ranges of transactions, all of them decided
 *   waits and tries again, or stops           └─ MariaDbPages: batches, numbered by BatchClaim
 * </pre>
 *
 * <p>An id alone does not tell which rows are new: a transaction that commits late has lower ids than rows already
 * read. So the position is a transaction and an id, or a batch and an id.
 *
 * <ul>
 *   <li>Every committed row is read, however late its transaction committed.
 *   <li>From an offset on the same rows are read again in the same order.
 *   <li>After a restore or a fail-over no row is passed over silently: a PostgreSQL that no longer fits the offset
 *       stops the task or is read again as a whole; on MariaDB rows without a batch get one above all that were read.
 * </ul>
 */
package io.yardmaster.connectors.polling;
