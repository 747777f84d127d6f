/**
 * Recordings of a deployment's topics: a file of lines in JSON, in blocks that are compressed each by itself. {@code docs/replay.md}
 * describes the format.
 *
 * <pre>
 *   RecordedRecord … ──▶ RecordingWriter ──▶ file ──▶ RecordingReader ──▶ RecordedRecord … ──▶ RecordedEntries ──▶ DayEntry …
 * </pre>
 */
package io.yardmaster.replay.recording;
