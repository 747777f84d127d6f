package io.yardmaster.app.recording;

import java.util.OptionalLong;

/**
 * The records that a recording is to have.
 *
 * @param from time from which on, in epoch ms; empty: all that Kafka still has or, of one that follows, those to come
 * @param to time up to which, in epoch ms; empty: all that Kafka has or, of one that follows, until it is stopped
 * @param follow whether to go on with records as they come
 */
public record RecordingSpan(OptionalLong from, OptionalLong to, boolean follow) {}
