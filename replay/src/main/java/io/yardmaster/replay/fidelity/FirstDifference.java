package io.yardmaster.replay.fidelity;

import io.yardmaster.replay.recording.AssignedTask;
import java.util.Optional;

/**
 * The first place at which a shard and the core differ.
 *
 * @param number of the assignment in its shard, from 1
 * @param at the time of its record, in epoch ms
 * @param recorded the task that the shard assigned
 * @param replayed the task that the core assigns instead; empty if it has none to assign
 */
public record FirstDifference(long number, long at, AssignedTask recorded, Optional<AssignedTask> replayed) {}
