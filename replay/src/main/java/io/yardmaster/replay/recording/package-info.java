/**
 * Recordings of a deployment's topics: a file of lines in JSON, in blocks that are compressed each by itself. {@code docs/replay.md}
 * describes the format. The records of a block are in tables, and a reader goes through their rows without an object for each field.
 *
 * <pre>
 *   RecordedRecord … ──▶ RecordingWriter ──▶ file ──▶ RecordingReader ──▶ RecordRow … ──▶ RecordedEntries ──▶ DayEntry …
 *                        (BlockTables)                (BlockLines, BlockRecords)
 * </pre>
 */
package io.yardmaster.replay.recording;
