package io.yardmaster.app.recording;

import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.schemas.Topic;

/** The topics of the contract that a recording holds. */
public final class RecordedTopics {
    private RecordedTopics() {}

    /** The topic of the contract. */
    public static Topic<?> of(RecordedTopic topic) {
        return switch (topic) {
            case READY -> Topic.READY;
            case COMMIT -> Topic.COMMIT;
            case CLEANUP -> Topic.CLEANUP;
            case GRAPHS -> Topic.GRAPHS;
            case COMMANDS -> Topic.COMMANDS;
            case OUTCOMES -> Topic.OUTCOMES;
            case POLICY -> Topic.POLICY;
            case SESSIONS -> Topic.SESSIONS;
            case DISPATCH -> Topic.DISPATCH;
            case HOSTS -> Topic.HOSTS;
        };
    }
}
