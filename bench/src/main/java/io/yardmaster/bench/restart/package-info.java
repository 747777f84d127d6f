/**
 * How long an instance that was killed needs until it dispatches again, if its state is large:
 *
 * <pre>
 *  scattered events ─▶ ready ─▶ instance, killed ─▶ the same state directory ─▶ instance ─▶ first assignment
 * </pre>
 */
package io.yardmaster.bench.restart;
