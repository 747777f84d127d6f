package io.yardmaster.core.values;

/**
 * The service that a resource group has had of the limits, for a person to look at.
 *
 * @param seconds for which the group has had the whole of the limit of which it has had the largest part, over its weight
 */
public record GroupShare(long group, double seconds) {}
