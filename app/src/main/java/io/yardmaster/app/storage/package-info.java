/**
 * Events as a storage sends them, read from {@code .csv} files: {@link io.yardmaster.app.storage.ReadyEventsCsv} reads a file line by line, and
 * {@link io.yardmaster.app.storage.EventSender} sends what it finds to the lanes.
 */
package io.yardmaster.app.storage;
