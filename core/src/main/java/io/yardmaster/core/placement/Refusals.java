package io.yardmaster.core.placement;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hosts that have refused tasks of a pool, which go to others next (O7). A refusal holds for a minute; those of another instance
 * are not known after a failover.
 */
final class Refusals {
    static final long LASTING_MS = 60_000;
    private static final int MOST = 10_000;

    private final Map<TaskRef, Refusal> byTask = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskRef, Refusal> eldest) {
            return size() > MOST;
        }
    };

    private record Refusal(String host, long until) {}

    void add(TaskRef task, String host, long now) {
        byTask.put(task, new Refusal(host, now + LASTING_MS));
    }

    void forget(TaskRef task) {
        byTask.remove(task);
    }

    /** The offer as it is to be planned. A gang that was refused as one is tried again task by task. */
    Offer heededIn(Offer offer, long now) {
        if (byTask.isEmpty() || offer.tasks() > 1) {
            return offer;
        }
        TaskRef task = offer.task(offer.firstTask());
        Refusal refusal = byTask.get(task);
        if (refusal == null) {
            return offer;
        }
        if (now >= refusal.until()) {
            byTask.remove(task);
            return offer;
        }
        return offer.avoiding(refusal.host());
    }
}
