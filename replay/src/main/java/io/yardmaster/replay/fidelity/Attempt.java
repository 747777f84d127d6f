package io.yardmaster.replay.fidelity;

import io.yardmaster.replay.recording.AssignedTask;
import java.util.List;
import java.util.Optional;

/**
 * The core's assignments on one way.
 *
 * @param made all of them
 * @param matched the number of recorded assignments, from the first on, that are the same
 * @param instead the one that the core makes in place of the next recorded one; empty if it makes none
 */
record Attempt(TickWay way, List<CoreRun.Made> made, int matched, Optional<AssignedTask> instead) {}
