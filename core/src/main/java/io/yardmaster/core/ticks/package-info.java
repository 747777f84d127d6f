/**
 * A log of the calls of a {@link io.yardmaster.core.Scheduler}, in their order: its ticks with their times and budgets, and
 * how many events it read before each. With these events the same calls give the same decisions again, in another process and at another time (R2).
 *
 * <pre>
 *   caller of a Scheduler ──▶ TickLog ──▶ bytes ──▶ TickLogReader ──▶ LoggedCall …
 * </pre>
 *
 * <p>Guarantee: all calls that matter for a decision are in the log. A tick that changes nothing, as most of an idle scheduler's do,
 * leaves no trace. Of names the log holds those in the policy, which are of limits and pools, and no reasons or payloads.
 */
@NullMarked
package io.yardmaster.core.ticks;

import org.jspecify.annotations.NullMarked;
