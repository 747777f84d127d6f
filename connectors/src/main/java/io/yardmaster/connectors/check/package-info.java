/**
 * The check of a connector's configuration before it is deployed, behind {@code bin/yardmaster connect check}.
 *
 * <pre>
 *   file ──▶ ConnectorFile ──▶ Placeholders ──▶ ConnectorCheck ──┬─▶ settings: unknown, missing, wrong
 *            .json, .properties   ${env:…} …                     └─▶ Session ──▶ PollingCheck │ CaptureCheck │ ResultsCheck
 *                                                                                └─▶ PostgresCaptureCheck │ BinlogCheck
 * </pre>
 *
 * <ul>
 *   <li>Each problem is one line that names the thing and, where one statement mends it, that statement.
 *   <li>It connects as the connector does, with the connector's settings, and changes nothing.
 *   <li>It loads no class of Kafka Connect, which only a worker has. Values that only the worker knows are noted, and
 *       the database is not asked then.
 * </ul>
 */
package io.yardmaster.connectors.check;
