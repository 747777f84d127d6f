/**
 * The demo but for its wiring: the work of its execution managers, its counts, and the display of these.
 *
 * <pre>
 *   SimulatedWork ──received──▶ DemoRun ──▶ StoragePlayer ──events──▶ (scheduler)
 *        ▲          completed      │ snapshot
 *        │          or failed      ▼
 *   (assignment)              ProgressView, Summary
 * </pre>
 */
package io.yardmaster.app.demo;
