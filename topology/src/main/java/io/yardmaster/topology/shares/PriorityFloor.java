package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.schemas.Share;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the lowest priority that shards may offer: the one down to which the tasks that wait in all shards need the whole rest of the
 * window, and a sixteenth of it more (L1). With less than that, each shard's own places that the fleet frees are enough for
 * its higher tasks, and no other shard need wait.
 */
final class PriorityFloor {
    private static final int NORMAL = 0;
    private static final int PART_FOR_EACH_SHARDS_OWN = 16;

    private PriorityFloor() {}

    /**
     * Returns the floor; {@link Budget#NO_FLOOR} if all may offer.
     *
     * @param whole width of the window
     */
    static int of(int whole, PeerShares peerShares, long now) {
        Map<Integer, Long> demand = new TreeMap<>(Comparator.reverseOrder());
        boolean used = false;
        long outstanding = 0;
        for (int shard = 0; shard < peerShares.shards(); shard++) {
            Share share = peerShares.share(shard);
            if (share == null) {
                continue;
            }
            outstanding += share.getOutstanding();
            if (peerShares.isHeard(shard, now)) {
                used |= !share.getLevels().isEmpty();
                add(share, demand);
            }
        }
        if (!used) {
            return Budget.NO_FLOOR;
        }
        long room = Math.max(0, whole - outstanding) + whole / PART_FOR_EACH_SHARDS_OWN;
        long higher = 0;
        for (Map.Entry<Integer, Long> level : demand.entrySet()) {
            higher += level.getValue();
            if (higher > room) {
                return level.getKey();
            }
        }
        return Budget.NO_FLOOR;
    }

    private static void add(Share share, Map<Integer, Long> demand) {
        if (share.getLevels().isEmpty()) {
            demand.merge(NORMAL, share.getBacklog(), Long::sum);
        } else {
            share.getLevels().forEach(level -> demand.merge(level.getPriority(), level.getTasks(), Long::sum));
        }
    }
}
