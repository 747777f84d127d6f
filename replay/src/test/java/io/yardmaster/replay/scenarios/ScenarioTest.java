package io.yardmaster.replay.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The situations in which a scheduler must not fail anybody, as files that everybody can read. */
class ScenarioTest {
    private static final String SMALL =
            """
            what: Two jobs on one slot.
            slots: 1
            policies:
              default: {fairness: job}
            jobs:
              - {group: 1, at: 0, count: 2, every: 0, stages: [1], takes: 2}
            expect:
              - {policy: default, figure: longest, at most: %s}
            """;

    static Stream<ScenarioDay> scenarios() throws IOException, URISyntaxException {
        Path directory = Path.of(Objects.requireNonNull(ScenarioTest.class.getResource("/scenarios"))
                .toURI());
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            return all.stream().map(ScenarioTest::read);
        }
    }

    private static ScenarioDay read(Path file) {
        try {
            return ScenarioDay.read(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void figuresKeepTheirBounds(ScenarioDay scenario) {
        assertThat(scenario.violations()).isEmpty();
    }

    @Test
    void aBoundThatDoesNotHoldIsToldWithTheFigure() {
        assertThat(ScenarioDay.read("small", SMALL.formatted("2")).violations()).isEmpty();
        assertThat(ScenarioDay.read("small", SMALL.formatted("1.5")).violations())
                .containsExactly("small: {policy=default, figure=longest, at most=1.5}: is 2.000");
    }

    @Test
    void anUnknownKeyIsTold() {
        ScenarioDay wrong = ScenarioDay.read("small", SMALL.formatted("2, grup: 1"));
        assertThatIllegalArgumentException()
                .isThrownBy(wrong::violations)
                .withMessage("small: expect: unknown keys [grup]");
    }
}
