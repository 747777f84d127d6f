package io.yardmaster.connectors.results;

/**
 * A place in the table of outcomes, in which each session has one row.
 *
 * @param index -1 of a commit or cleanup task
 */
record ResultKey(long job, String kind, int index) {}
