package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.schemas.LevelDemand;
import io.yardmaster.schemas.Share;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;

/** The tasks that wait in a shard by priority, as it publishes them. */
final class SharedLevels {
    /** A share leaves out the levels below so many, so that it stays bounded. */
    static final int MOST_LEVELS = 64;

    private SharedLevels() {}

    /** The highest first; none if no job has another than the normal priority. */
    static List<LevelDemand> of(Demand demand) {
        return demand.byPriority().isEmpty()
                ? List.of()
                : demand.byPriority().entrySet().stream()
                        .sorted(Entry.comparingByKey(Comparator.reverseOrder()))
                        .limit(MOST_LEVELS)
                        .map(level -> new LevelDemand(level.getKey(), level.getValue()))
                        .toList();
    }

    /** The highest priority of a share; below all others if it names none. */
    static int highest(Share share) {
        return share.getLevels().isEmpty()
                ? Budget.NO_FLOOR
                : share.getLevels().get(0).getPriority();
    }
}
