package io.yardmaster.topology.shares;

import io.yardmaster.schemas.Share;

/**
 * What a shard has to say of its part in the dispatch window.
 *
 * @param stored goes to the partition's own state, from which it goes on after it was opened anew
 * @param share goes to the others
 */
@SuppressWarnings("ArrayRecordComponent") // bytes for a store, which nobody compares
public record ShareNews(byte[] stored, Share share) {}
