package io.yardmaster.app.storage;

/**
 * The scheduler has refused an event.
 *
 * @param sender name of the event's sender, as given to {@link EventSender}
 * @param reason a sentence without a full stop
 */
record Refusal(String sender, long job, String reason) {}
