package io.yardmaster.app.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A snapshot in lines of at most 79 columns. */
final class ProgressLines {
    private static final int MAX_JOBS = 16;
    private static final int BAR = 14;
    private static final int WIDTH = 79;

    private ProgressLines() {}

    static String total(Snapshot now, double rate) {
        return Words.format(
                "%8s  %d/%d tasks %d%%  %.1f assigned/s  fairness %s  %d duplicates",
                Words.seconds(now.elapsed()),
                now.tasksDone(),
                now.tasks(),
                Words.percent(now.tasksDone(), now.tasks()),
                rate,
                Words.index(now.fairness()),
                now.duplicates());
    }

    /** A line per job; of very many jobs those that are not finished come first, and some are left out. */
    static List<String> perJob(Snapshot now) {
        List<String> lines = new ArrayList<>();
        lines.add(Words.format(
                "%3s %5s %-20s %-" + (BAR + 7) + "s %9s %7s %s",
                "job",
                "group",
                "workflow",
                "progress",
                "done",
                "waiting",
                "state"));
        now.jobs().stream()
                .sorted(Comparator.comparing(job -> hides(job, now)))
                .limit(MAX_JOBS)
                .sorted(Comparator.comparing(job -> job.progress().job().id()))
                .map(ProgressLines::line)
                .forEach(lines::add);
        if (now.jobs().size() > MAX_JOBS) {
            lines.add("    and %s more jobs; %s of %s are finished"
                    .formatted(
                            now.jobs().size() - MAX_JOBS,
                            now.jobsFinished(),
                            now.jobs().size()));
        }
        return lines;
    }

    /** The percentage of every job, without line breaks inside an entry. */
    static List<String> compact(Snapshot now) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("          job:");
        for (JobLine job : now.jobs()) {
            DemoProgress progress = job.progress();
            String entry =
                    Words.format("  %d %d%%", progress.job().id(), Words.percent(progress.done(), progress.tasks()));
            if (line.length() + entry.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("              ");
            }
            line.append(entry);
        }
        lines.add(line.toString());
        return lines;
    }

    private static boolean hides(JobLine job, Snapshot now) {
        return now.jobs().size() > MAX_JOBS && job.progress().state().isFinal();
    }

    private static String line(JobLine job) {
        DemoProgress progress = job.progress();
        int filled = progress.tasks() == 0 ? BAR : BAR * progress.done() / progress.tasks();
        return Words.format(
                "%3d %5d %-20s [%s%s] %3d%% %9s %7d %s",
                progress.job().id(),
                progress.job().resourceGroup(),
                Words.shortened(progress.job().workflow().name(), 20),
                "#".repeat(filled),
                ".".repeat(BAR - filled),
                Words.percent(progress.done(), progress.tasks()),
                progress.done() + "/" + progress.tasks(),
                job.waiting(),
                Words.state(progress.state()));
    }
}
