package io.yardmaster.app.work;

import io.yardmaster.app.terminal.Printable;
import io.yardmaster.client.Assignment;
import io.yardmaster.client.DropReason;
import io.yardmaster.client.ReportListener;
import io.yardmaster.schemas.TaskKind;
import java.io.PrintWriter;
import java.util.Locale;
import org.apache.kafka.common.TopicPartition;

/** Prints a line about the end of every assignment. */
public final class WorkLog implements ReportListener {
    private final PrintWriter out;

    public WorkLog(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void completed(Assignment assignment) {
        print("done " + name(assignment));
    }

    @Override
    public void failed(Assignment assignment, Exception lastError, int tries) {
        print("failed " + name(assignment) + " tries=" + tries + ": " + lastError.getMessage()
                + "; it counts as taken and runs again only with a higher attempt");
    }

    @Override
    public void refused(Assignment assignment, String reason) {
        print("refused " + name(assignment) + ": " + Printable.line(reason));
    }

    @Override
    public void dropped(Assignment assignment, DropReason reason) {
        print("dropped " + name(assignment) + ": " + reason.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void killed(Assignment assignment, String reason, String by) {
        print("dropped " + name(assignment) + ": killed" + (by.isBlank() ? "" : " by " + Printable.line(by))
                + (reason.isBlank() ? "" : ": " + Printable.line(reason)));
    }

    @Override
    public void unreadable(TopicPartition partition, long offset, String reason) {
        print("unreadable " + partition + " offset=" + offset + ": " + reason);
    }

    private static String name(Assignment assignment) {
        String work = assignment.kind() == TaskKind.TASK
                ? "task=" + assignment.taskIndex() + " attempt=" + assignment.attempt()
                : assignment.kind().name().toLowerCase(Locale.ROOT);
        return "group=%s job=%s %s assignment=%s session=%s"
                .formatted(
                        assignment.resourceGroupId(), assignment.jobId(), work, assignment.id(), assignment.session());
    }

    private synchronized void print(String line) {
        out.println(line);
        out.flush();
    }
}
