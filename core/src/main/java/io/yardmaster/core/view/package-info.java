/**
 * What a person can see of a scheduler: {@link io.yardmaster.core.view.SchedulerView} is the way in.
 *
 * <p>Guarantees. Looking changes nothing, neither the state nor what is decided. A question about one job reads some entries of the
 * storage; a page of jobs reads as many as it has jobs, or 5,000 where most do not match; positions in the rotation take as long as
 * there are active jobs.
 */
package io.yardmaster.core.view;
