package io.yardmaster.core.view;

/**
 * Something that happened to a job.
 *
 * @param atMs epoch ms
 * @param what in lower case
 * @param detail for people
 */
public record HistoryEntry(long atMs, String what, String detail) {}
