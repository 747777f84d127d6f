/**
 * What an instance shows of itself. Stream tasks have a {@link io.yardmaster.topology.views.ShardQueryQueue} each, to which other
 * threads bring questions; the stream thread answers them between two ticks, when nothing else moves, so answers are exact
 * and cost nothing while nobody asks. What has to be known of the past is counted as it happens, a few machine words each.
 */
package io.yardmaster.topology.views;
