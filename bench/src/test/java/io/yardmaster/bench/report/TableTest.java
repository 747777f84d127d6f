package io.yardmaster.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.bench.report.Figure.Unit;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class TableTest {
    private final List<Figure> figures = List.of(
            new Figure("B1", "fast", Sample.of(0.8, 0.7, 0.9), Unit.TIMES, Target.atLeast(0.75), "default window"),
            new Figure("B8.wide", "small & <neat>", Sample.of(25), Unit.BYTES, Target.atMost(20), ""),
            new Figure("B5.x", "no target", Sample.of(12_345_678), Unit.PER_SECOND, null, ""));

    @Test
    void saysWhetherEachTargetIsMet() {
        assertThat(Table.of(figures).lines().map(line -> line.replaceAll("\\s+", " ")
                        .strip()))
                .containsExactly(
                        "what median least most target",
                        "B1 fast 0.800 x 0.700 0.900 ≥ 0.750 met default window",
                        "B8 small & <neat> 25.0 B 25.0 25.0 ≤ 20.0 missed",
                        "B5 no target 12,345,678 /s 12,345,678 12,345,678");
    }

    @Test
    void columnsAreAligned() {
        List<String> lines = Table.of(figures).lines().toList();
        assertThat(lines.get(1).indexOf("≥")).isEqualTo(lines.get(2).indexOf("≤"));
    }

    @Test
    void plotIsWellFormedAndLeavesOutFiguresWithoutTarget() throws Exception {
        Document plot = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(SvgPlot.of("a machine", figures))));
        assertThat(plot.getDocumentElement().getTextContent())
                .contains("fast", "small & <neat>")
                .doesNotContain("no target");
    }
}
