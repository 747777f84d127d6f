/**
 * The state of a scheduler as a person sees it. {@link io.yardmaster.core.view.SchedulerView} is the entry point.
 *
 * <p>Guarantees. A question changes neither the state nor a later decision. A question about one job reads some entries of the
 * storage; a page of jobs reads one entry for each job on it, or up to 5,000 if most do not match; stages of a graph read the
 * entries in which they lie, 32 in each, and those of the stages that they wait for; a position in the rotation takes time proportional to the number of active jobs.
 */
@NullMarked
package io.yardmaster.core.view;

import org.jspecify.annotations.NullMarked;
