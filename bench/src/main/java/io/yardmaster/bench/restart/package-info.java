/**
 * Measures the time from the restart of a killed instance with a large state to its next assignment:
 *
 * <pre>
 *  scattered events ─▶ ready ─▶ instance, killed ─▶ the same state directory ─▶ instance ─▶ first assignment
 * </pre>
 */
package io.yardmaster.bench.restart;
