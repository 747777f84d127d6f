package io.yardmaster.replay;

import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;

/**
 * A policy under which a day is replayed.
 *
 * @param name by which people know it; unique in a replay
 */
public record ReplayPolicy(String name, Policy policy, LivePolicy live) {}
