package io.yardmaster.torture.load;

import java.util.ArrayList;
import java.util.List;

/** Graphs that may wait long for the operator, of which only some go on at a time, so that others go on beside them. */
final class FewGraphs {
    private final int most;
    private final SentGraphs sent;
    private final List<Long> jobs = new ArrayList<>();

    FewGraphs(int most, SentGraphs sent) {
        this.most = most;
        this.sent = sent;
    }

    /** Returns whether one more may be sent. */
    boolean haveRoom() {
        jobs.removeIf(job -> !sent.goesOn(job));
        return jobs.size() < most;
    }

    void add(long job) {
        jobs.add(job);
    }
}
