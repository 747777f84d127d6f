package io.yardmaster.app.storage;

/**
 * The scheduler has refused an event.
 *
 * @param sender who sent the event, as {@link EventSender} was told
 * @param reason a sentence without a full stop
 */
record Refusal(String sender, long job, String reason) {}
