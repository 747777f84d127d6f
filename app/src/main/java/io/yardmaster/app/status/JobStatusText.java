package io.yardmaster.app.status;

import io.yardmaster.app.api.StagesAnswer;
import io.yardmaster.app.api.StagesAnswer.StageAnswer;
import io.yardmaster.app.terminal.Printable;
import io.yardmaster.core.values.FailurePage;
import io.yardmaster.core.values.StageDetail;
import io.yardmaster.core.values.TaskFailure;
import io.yardmaster.topology.config.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A job as lines of text: why it waits, what each stage waits for, and which tasks failed why. */
public final class JobStatusText {
    private static final int LONGEST_NAME = 24;

    private final List<String> lines = new ArrayList<>();
    private final int width;
    private final int rows;

    private JobStatusText(int width, int rows) {
        this.width = width;
        this.rows = rows;
    }

    /**
     * All of it.
     *
     * @param width the longest line
     * @param rows the most stages, and the most failed tasks
     */
    public static List<String> of(JobStatus job, int width, int rows) {
        JobStatusText text = new JobStatusText(width, rows);
        text.line("job %d  %s", job.job(), job.state().orElse("is not known any more, but its graph is"));
        job.why().ifPresent(why -> text.line("%s", why));
        job.stages().ifPresent(text::stages);
        job.failures().filter(page -> !page.failures().isEmpty()).ifPresent(page -> text.failures(page, job));
        return text.lines;
    }

    private void stages(StagesAnswer graph) {
        line(
                "graph    %s, %,d of %,d stages not ended%s",
                Labels.of(graph.state()), graph.openStages(), graph.stages(), graph.paused() ? ", paused" : "");
        if (!graph.failure().isEmpty()) {
            line("failure  %s", graph.failure());
        }
        lines.add("");
        line("%-24s  %-10s  %17s  it waits for", "stage", "state", "succeeded");
        graph.page().stream().limit(rows).forEach(this::stage);
        more(graph.stages() - Math.min(rows, graph.page().size()));
    }

    private void stage(StageAnswer answer) {
        StageDetail stage = answer.stage();
        line(
                "%-24s  %-10s  %17s  %s",
                name(stage.name()),
                Labels.of(answer.why().code()),
                String.format(Locale.ROOT, "%,d of %,d", stage.succeeded(), stage.tasks()),
                answer.why().text());
    }

    private void failures(FailurePage page, JobStatus job) {
        lines.add("");
        line("failed tasks");
        page.failures().stream().limit(rows).forEach(this::failure);
        int all = job.stages()
                .map(StagesAnswer::failedTasks)
                .orElse(page.failures().size());
        more(all - Math.min(rows, page.failures().size()));
    }

    private void failure(TaskFailure failed) {
        line(
                "task %d of %s %s in attempt %d%s%s",
                failed.task(),
                name(failed.stageName()),
                failed.killed() ? "was killed" : "failed",
                failed.attempt() + 1,
                failed.last() ? "" : ", and is tried again",
                failed.reason().isEmpty() ? "" : ": " + failed.reason());
    }

    private void more(int left) {
        if (left > 0) {
            line("and %,d more", left);
        }
    }

    private void line(String format, Object... values) {
        // A sender's text in a name or reason must not move the cursor.
        lines.add(cut(Printable.line(String.format(Locale.ROOT, format, values)), width));
    }

    private static String name(String name) {
        return cut(Printable.line(name), LONGEST_NAME);
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
