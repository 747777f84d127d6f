package io.yardmaster.app.operator;

import io.yardmaster.app.terminal.Printable;
import io.yardmaster.schemas.JobEvent;
import java.time.Duration;
import java.util.Locale;

/**
 * The scheduler's answer to a command, or the fact that there is none.
 *
 * @param done whether the job is now as the command wants it
 * @param line for people
 */
public record CommandAnswer(boolean done, String line) {
    private static final String NO_CHANGE = "no_change";
    private static final String AFTER_WORD = ": ";

    static CommandAnswer of(JobEvent event) {
        long job = event.getJobId();
        return switch (event.getWhat()) {
            case JOB_CANCELLED -> done("job %s is cancelled: %s".formatted(job, discarded(event.getTasks())));
            case JOB_PAUSED -> done("job %s is paused".formatted(job));
            case JOB_RESUMED -> done("job %s goes on".formatted(job));
            case JOB_PRIORITIZED -> done("job %s has priority %s".formatted(job, event.getPriority()));
            case COMMAND_DROPPED -> dropped(job, event.getReason());
            default -> done("job %s: %s".formatted(job, EventText.what(event)));
        };
    }

    /**
     * There is none.
     *
     * @param position of the command
     * @param patience the time for which it was awaited
     */
    static CommandAnswer none(long job, String position, Duration patience) {
        return new CommandAnswer(
                false,
                ("job %s: no answer within %s s; the command lies at %s and will be carried out when a scheduler runs"
                                + " (with events=none nobody answers)")
                        .formatted(job, patience.toSeconds(), position));
    }

    /** The reason begins with a word for programs. */
    private static CommandAnswer dropped(long job, String reason) {
        int end = reason.indexOf(AFTER_WORD);
        String sentence = end < 0 ? reason : reason.substring(end + AFTER_WORD.length());
        String subject = "job " + job;
        String line = sentence.contains(subject) ? sentence : subject + ": " + sentence;
        return new CommandAnswer(reason.startsWith(NO_CHANGE + AFTER_WORD), Printable.line(line));
    }

    private static String discarded(long tasks) {
        if (tasks == 0) {
            return "no tasks were waiting";
        }
        return String.format(
                Locale.ROOT, tasks == 1 ? "%d waiting task was discarded" : "%d waiting tasks were discarded", tasks);
    }

    private static CommandAnswer done(String line) {
        return new CommandAnswer(true, line);
    }
}
