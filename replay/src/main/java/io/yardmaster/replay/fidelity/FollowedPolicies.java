package io.yardmaster.replay.fidelity;

import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.replay.recording.DayEntry;
import java.util.ArrayDeque;
import java.util.Deque;

/** The policies of a recording in their order, and the one in force. */
final class FollowedPolicies {
    private final Deque<LivePolicy> next = new ArrayDeque<>();
    private LivePolicy live = LivePolicy.NONE;

    void add(DayEntry.PolicyChanged changed) {
        next.add(changed.live());
    }

    /** Forgets those that were added, as a log says by itself what was followed. */
    void skip() {
        if (!next.isEmpty()) {
            live = next.getLast();
            next.clear();
        }
    }

    LivePolicy live() {
        return live;
    }

    /** Returns whether the policy with this mark was added. */
    boolean isThere(long mark) {
        return live.weightsMark() == mark || next.stream().anyMatch(policy -> policy.weightsMark() == mark);
    }

    /** Follows the policies up to the one with this mark; false, and nothing changes, if there is none. */
    boolean follow(long mark) {
        if (!isThere(mark)) {
            return false;
        }
        while (live.weightsMark() != mark) {
            live = next.remove();
        }
        return true;
    }
}
