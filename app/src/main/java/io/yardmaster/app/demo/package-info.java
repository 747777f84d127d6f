/**
 * The demo but for its wiring: the work of its execution managers, its counts, and the display of these.
 *
 * <pre>
 *   (assignment) ──▶ SimulatedWork ──begun──▶ DemoRun ──snapshot──▶ ProgressView, Summary
 *                          │                     ▲
 *                          └──done or failed─────┘
 * </pre>
 */
package io.yardmaster.app.demo;
