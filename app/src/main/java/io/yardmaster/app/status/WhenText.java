package io.yardmaster.app.status;

import io.yardmaster.app.api.WhenAnswer;
import io.yardmaster.app.api.WhenAnswer.StageWhen;
import io.yardmaster.app.terminal.Printable;
import java.util.ArrayList;
import java.util.List;

/** An estimate of when a job starts as lines of text. */
public final class WhenText {
    private WhenText() {}

    /**
     * All of it.
     *
     * @param rows the most stages
     */
    public static List<String> of(WhenAnswer when, int rows) {
        List<String> lines = new ArrayList<>();
        lines.add("job " + when.job() + "  " + when.sentence());
        when.dependsOn().forEach(one -> lines.add("depends on: " + one));
        when.stages().stream().limit(rows).forEach(stage -> lines.add("stage " + stage(stage)));
        int more = when.stages().size() - rows;
        if (more > 0) {
            lines.add("and " + more + (more == 1 ? " more stage" : " more stages"));
        }
        when.notes().forEach(note -> lines.add("note: " + note));
        return lines.stream().map(Printable::line).toList();
    }

    private static String stage(StageWhen stage) {
        return stage.stage() + ": " + stage.words();
    }
}
