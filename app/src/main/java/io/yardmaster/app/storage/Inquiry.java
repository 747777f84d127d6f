package io.yardmaster.app.storage;

import io.yardmaster.schemas.JobExpectation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Asks the scheduler whether tasks of a job wait. The question is an event that expects the job to be new; the scheduler
 * refuses it, and the reason says whether tasks wait. Pauses between questions grow.
 *
 * <p>It takes two answers in a row that nothing waits: at the second one, the assignments of the first one's transaction can
 * be read.
 */
final class Inquiry {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int ENOUGH = 2;

    private final EventSender lanes;
    private final LongSupplier ticker;
    private final Map<TaskKey, StorageEvent<?>> unseen = new LinkedHashMap<>();
    private Duration pause = FIRST_PAUSE;
    private long askAt;
    private boolean asked;
    private int answers;

    Inquiry(EventSender lanes, LongSupplier ticker) {
        this.lanes = lanes;
        this.ticker = ticker;
    }

    /** Adds tasks that this event reported ready, and whose assignments were not seen. */
    void about(StorageEvent<?> event, List<TaskKey> tasks) {
        tasks.forEach(task -> unseen.put(task, event));
        begin(FIRST_PAUSE);
    }

    void dispatched(TaskKey task) {
        if (unseen.remove(task) != null) {
            begin(FIRST_PAUSE);
        }
    }

    void askWhenDue() {
        if (!unseen.isEmpty() && !asked && ticker.getAsLong() - askAt >= 0) {
            asked = true;
            lanes.ask(unseen.values().iterator().next());
            lanes.flush();
        }
    }

    void answered(String reason) {
        boolean nothing = reason.endsWith(JobExpectation.NOTHING_WAITS);
        answers = asked && nothing ? answers + 1 : 0;
        Duration longer = pause.multipliedBy(2);
        Duration next = nothing ? FIRST_PAUSE : longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        asked = false;
        pause = next;
        askAt = ticker.getAsLong() + pause.toNanos();
    }

    boolean nothingWaits() {
        return answers >= ENOUGH;
    }

    /** Ends the inquiry, and returns the tasks whose assignments were not seen: they are done. */
    List<TaskKey> end() {
        List<TaskKey> done = List.copyOf(unseen.keySet());
        unseen.clear();
        answers = 0;
        return done;
    }

    /** Forgets earlier answers; an answer that is still to come does not count. */
    private void begin(Duration first) {
        answers = 0;
        asked = false;
        pause = first;
        askAt = ticker.getAsLong() + pause.toNanos();
    }
}
