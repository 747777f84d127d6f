/**
 * The immutable values that pass between the core and its caller.
 *
 * <pre>
 *   an event:  Event ──▶ Scheduler ──▶ Decision …
 *   a tick:              Scheduler ──▶ Demand ──▶ (the caller divides the dispatch window) ──▶ Budget ──▶ Scheduler ──▶ Decision …
 * </pre>
 */
@NullMarked
package io.yardmaster.core.values;

import org.jspecify.annotations.NullMarked;
