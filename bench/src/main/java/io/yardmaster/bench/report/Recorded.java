package io.yardmaster.bench.report;

import io.yardmaster.bench.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The recorded figures of the quick form: new ones must not be worse than half as good. */
public final class Recorded {
    private static final String RESOURCE = "/io/yardmaster/bench/recorded.properties";
    private static final double GROSS_LOSS = 0.5;

    private final Properties medians;

    private Recorded(Properties medians) {
        this.medians = medians;
    }

    /** The figures recorded in the source tree. */
    public static Recorded load() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Recorded.class.getResourceAsStream(RESOURCE)) {
            properties.load(file);
        }
        return new Recorded(properties);
    }

    static Recorded of(Properties medians) {
        return new Recorded(medians);
    }

    /**
     * A line for each figure that was recorded and is now worse than half as good.
     *
     * @throws BenchException if none of the figures was recorded, so that nothing is guarded
     */
    public List<String> losses(List<Figure> figures) {
        List<Figure> known = figures.stream()
                .filter(figure -> figure.target() != null && medians.containsKey(figure.key()))
                .toList();
        if (known.isEmpty()) {
            throw new BenchException("none of the figures is in " + RESOURCE);
        }
        return known.stream().flatMap(this::loss).toList();
    }

    private Stream<String> loss(Figure figure) {
        double recorded = Double.parseDouble(medians.getProperty(figure.key()));
        double now = figure.sample().median();
        Target same = new Target(figure.target().atLeast(), recorded);
        return same.timesBetter(now) >= GROSS_LOSS
                ? Stream.empty()
                : Stream.of("%s, %s: %s, recorded was %s"
                        .formatted(figure.key(), figure.what(), Table.number(now), Table.number(recorded)));
    }
}
