/**
 * Change data capture: a connector for Kafka Connect that runs a connector of Debezium's inside itself.
 *
 * <pre>
 *   Kafka Connect ──▶ CaptureConnector ──▶ Debezium's connector      (its own plug-in and class loader: Foreign)
 *                          │
 *                          ▼ one task
 *   database's log ──▶ Debezium's task ──▶ ChangeEvents ──▶ ColumnValues ──▶ Change ──▶ EventRecords ──▶ lanes
 *                          ▲                                                                              │
 *                          └──────── commitRecord: the database may forget its log up to here ◀───────────┘
 * </pre>
 *
 * <ul>
 *   <li>A change of a captured table becomes at most one event; deletions, heartbeats and changes of a schema become
 *       none.
 *   <li>Debezium learns that a record is done only after Connect has written it, or when it has no event and nothing
 *       before it is under way.
 *   <li>A column has the same value here as by {@link io.yardmaster.connectors.polling polling}.
 *   <li>A PostgreSQL whose log ends before the stored position was restored: the task stops
 *       ({@link io.yardmaster.connectors.capture.StoredPosition}).
 * </ul>
 */
package io.yardmaster.connectors.capture;
