package io.yardmaster.app.demo;

import io.yardmaster.app.workflow.WfFormat;
import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.app.workflow.WorkflowBounds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jobs of the demo. */
public final class DemoJobs {
    private static final int GROUPS = 2;

    private DemoJobs() {}

    /**
     * A job per file, in resource groups 1 and 2 by turns. Without files, the bundled workflow three times in group 1 and
     * once in group 2, so that one sees whether jobs or groups take equal turns.
     *
     * @throws io.yardmaster.app.workflow.InvalidInputException if one of the files cannot be used
     */
    public static List<SubmittedJob> of(List<Path> files) {
        List<SubmittedJob> jobs = new ArrayList<>();
        if (files.isEmpty()) {
            Workflow bundled = WfFormat.bundled();
            for (int i = 0; i < 4; i++) {
                jobs.add(new SubmittedJob(i + 1, i < 3 ? 1 : 2, bundled));
            }
        }
        WorkflowBounds bounds = new WorkflowBounds();
        for (Path file : files) {
            jobs.add(new SubmittedJob(jobs.size() + 1, jobs.size() % GROUPS + 1, WfFormat.read(file, bounds)));
        }
        return jobs;
    }
}
