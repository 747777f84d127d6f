package io.yardmaster.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All measurements, round by round, for programs to read. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    /** Writes the file; {@code run} describes how it was measured. */
    public static void write(Path file, Machine machine, Map<String, ?> run, Figures figures) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", machine);
        report.put("run", run);
        report.put("figures", figures.figures().stream().map(JsonReport::figure).toList());
        Map<String, List<Double>> absolutes = new LinkedHashMap<>();
        figures.absolutes().forEach((key, sample) -> absolutes.put(key, sample.values()));
        report.put("absolutes", absolutes);
        JSON.writeValue(file.toFile(), report);
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", figure.key());
        fields.put("what", figure.what());
        fields.put("unit", figure.unit().symbol());
        fields.put("median", figure.sample().median());
        fields.put("rounds", figure.sample().values());
        if (figure.target() != null) {
            fields.put("target", Table.target(figure.target()));
            fields.put("met", figure.meetsTarget());
        }
        fields.put("note", figure.note());
        return fields;
    }
}
