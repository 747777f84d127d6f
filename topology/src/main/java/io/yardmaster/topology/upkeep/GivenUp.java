package io.yardmaster.topology.upkeep;

import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.DeadLetter;
import io.yardmaster.topology.views.DeadLetterTail;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices assignments that a share group gave up, because they were delivered as often as the group allows and never
 * acknowledged. The broker makes dead letters of them (KIP-1191).
 */
final class GivenUp {
    private static final Logger LOG = LoggerFactory.getLogger(GivenUp.class);
    private static final long SHOWN_MS = Duration.ofHours(1).toMillis();

    private final DeadLetterTail deadLetters;
    private final String dispatch;
    private final boolean possible;
    private final LongSupplier wallClock;
    private volatile int latest;

    GivenUp(DeadLetterTail deadLetters, SchedulerConfig config, LongSupplier wallClock) {
        this.deadLetters = deadLetters;
        this.dispatch = config.topics().of(Topic.DISPATCH);
        this.possible = config.dispatchGroupType() == GroupType.SHARE;
        this.wallClock = wallClock;
    }

    int latest() {
        return latest;
    }

    void check() {
        if (!possible) {
            return;
        }
        List<DeadLetter> found = deadLetters.letters().stream()
                .filter(letter ->
                        dispatch.equals(letter.topic()) || letter.topic().startsWith(dispatch + "."))
                .filter(letter -> letter.atMs() > wallClock.getAsLong() - SHOWN_MS)
                .toList();
        if (found.size() > latest) {
            DeadLetter newest = found.get(0);
            LOG.error(
                    "{} assignment(s) were given up in the last hour, the last one of job {}, {}-{}@{}: {}",
                    found.size(),
                    newest.key(),
                    newest.topic(),
                    newest.partition(),
                    newest.offset(),
                    newest.reason());
        }
        latest = found.size();
    }
}
