package io.yardmaster.app.replay;

import io.yardmaster.replay.traces.PodTrace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The format of a recorded day, by its file's extension or, if that says nothing, by how it begins. */
public enum DayFormat {
    /** The Standard Workload Format. */
    SWF,
    /** The batch tasks of Alibaba's cluster traces. */
    ALIBABA,
    /** The pods of Alibaba's GPU trace. */
    ALIBABA_PODS,
    /** A workflow in WfFormat. */
    WFFORMAT,
    /** A job in YAML. */
    JOB,
    /** A recording of a deployment. */
    RECORDING;

    private static final int BEGINNING = 8_192;

    /**
     * The format of a file.
     *
     * @param name of the file, perhaps with {@code .gz} at its end
     * @param in its content, unpacked, which supports marks and is not moved
     */
    static DayFormat of(String name, InputStream in) throws IOException {
        String base = name.toLowerCase(Locale.ROOT);
        base = base.endsWith(".gz") ? base.substring(0, base.length() - ".gz".length()) : base;
        if (base.endsWith(".swf")) {
            return SWF;
        }
        if (base.endsWith(".csv")) {
            return csv(firstLine(in));
        }
        if (base.endsWith(".jsonl")) {
            return RECORDING;
        }
        if (base.endsWith(".json")) {
            return WFFORMAT;
        }
        return base.endsWith(".yaml") || base.endsWith(".yml") ? JOB : byContent(firstLine(in));
    }

    /** The first line that is not blank; empty if there is none. */
    private static String firstLine(InputStream in) throws IOException {
        in.mark(BEGINNING);
        String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
        in.reset();
        return beginning
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .strip();
    }

    private static DayFormat csv(String header) {
        return PodTrace.isHeader(header) ? ALIBABA_PODS : ALIBABA;
    }

    private static DayFormat byContent(String first) {
        if (first.startsWith("{\"yardmaster_recording\"")) {
            return RECORDING;
        }
        if (first.startsWith("{")) {
            return WFFORMAT;
        }
        if (first.startsWith(";") || first.matches("-?\\d+(\\s+-?[\\d.]+){17}")) {
            return SWF;
        }
        return first.contains(",") && !first.contains(":") ? csv(first) : JOB;
    }
}
