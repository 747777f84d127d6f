package io.yardmaster.topology.shares;

import io.yardmaster.schemas.Share;

/**
 * A shard's news of its part in the dispatch window.
 *
 * @param stored for the shard's own state, from which it goes on when it is opened again
 * @param share for the other shards
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ShareNews(byte[] stored, Share share) {}
