package io.yardmaster.topology.shares;

import io.yardmaster.schemas.Share;
import java.util.Map;

/**
 * A shard's news of its part in the dispatch window, and of limits.
 *
 * @param stored for the shard's own state, from which it goes on when it is opened again
 * @param limits the same for limits, by keys; null for a value that is to be deleted
 * @param share for the other shards
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ShareNews(byte[] stored, Map<String, byte[]> limits, Share share) {}
