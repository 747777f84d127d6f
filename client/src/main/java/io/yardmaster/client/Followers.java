package io.yardmaster.client;

import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The topics that every execution manager reads as a whole: of sessions, so that the fence hears of a new one although no
 * assignment of it has come here, and of kills.
 */
final class Followers {
    private static final Duration STEP = Duration.ofMillis(50);

    private final List<TopicFollower> all;

    Followers(List<TopicFollower> all) {
        this.all = all;
    }

    static Followers of(ClientSettings client, Map<String, String> settings, Engine engine) {
        var names = TopicNames.from(settings);
        return new Followers(List.of(
                new TopicFollower(
                        client.forFollower(Topic.SESSIONS),
                        names.of(Topic.SESSIONS),
                        "old sessions are only fenced by newer assignments",
                        session -> Epoch.read(session.headers()).ifPresent(engine.fence()::observe)),
                new TopicFollower(
                        client.forFollower(Topic.KILLS),
                        names.of(Topic.KILLS),
                        "assignments that somebody kills run on",
                        new KillReader(
                                new ValueDecoder<>(Topic.KILLS, settings)::decode, engine::kill, System::nanoTime))));
    }

    void start() {
        all.forEach(TopicFollower::start);
    }

    /**
     * Waits, at most this long, until all that the topics had is known. Without this a newly started execution manager
     * would run assignments that others know to be killed or of an old session.
     */
    void awaitFirstLooks(Duration limit, StopRequest stop) throws InterruptedException {
        Duration waited = Duration.ZERO;
        for (TopicFollower follower : all) {
            while (waited.compareTo(limit) < 0 && !stop.requested() && !follower.awaitFirstLook(STEP)) {
                waited = waited.plus(STEP);
            }
        }
    }

    /** Does not wait. */
    void stop() {
        all.forEach(TopicFollower::stop);
    }
}
