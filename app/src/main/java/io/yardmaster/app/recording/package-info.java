/**
 * Records the topics of a deployment into a file, which the module {@code replay} reads.
 *
 * <pre>
 *   Kafka ──▶ TopicMerge (records by their times) ──▶ RecordDecoder ──▶ TopicRecorder ──▶ RecordingWriter ──▶ file
 *                                                                      └─▶ HostChanges (of heartbeats) ─┘
 * </pre>
 */
package io.yardmaster.app.recording;
