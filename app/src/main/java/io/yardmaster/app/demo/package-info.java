/**
 * The demo but for its wiring: what its execution managers do with an assignment, what is counted, and how that is shown.
 *
 * <pre>
 *   SimulatedWork ──received──▶ DemoRun ──▶ StoragePlayer ──events──▶ (scheduler)
 *        ▲          completed      │ snapshot
 *        │          or failed      ▼
 *   (assignment)              ProgressView, Summary
 * </pre>
 */
package io.yardmaster.app.demo;
