package io.yardmaster.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Stage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StageCheckTest {
    private static List<String> mistakes(Stage... stages) {
        return StageCheck.of(List.of(stages)).stream()
                .map(StageCheck.Mistake::text)
                .toList();
    }

    @Test
    void aGraphThatMakesSenseHasNone() {
        assertThat(StageCheck.of(Stages.nightly().stages())).isEmpty();
    }

    @Test
    void allMistakesInDependenciesAreNamed() {
        assertThat(StageCheck.of(List.of(
                        Stages.stage("split", 1),
                        Stages.stage("render", 2, "splt", "render"),
                        Stages.stage("check", 3, "split", "each render", "split"),
                        Stages.stage("zzz", 1, "nowhere"))))
                .containsExactly(
                        new StageCheck.Mistake(
                                1, 0, "stage 'render' waits for 'splt', which is no stage: the nearest one is 'split'"),
                        new StageCheck.Mistake(1, 1, "stage 'render' waits for itself"),
                        new StageCheck.Mistake(
                                2,
                                1,
                                "each task of stage 'check' waits for one of 'render', but they have 3 and 2 tasks"),
                        new StageCheck.Mistake(2, 2, "stage 'check' names 'split' twice"),
                        new StageCheck.Mistake(3, 0, "stage 'zzz' waits for 'nowhere', which is no stage"));
    }

    @Test
    void aCycleIsNamed() {
        assertThat(mistakes(
                        Stages.stage("free", 1),
                        Stages.stage("behind", 1, "c"),
                        Stages.stage("a", 1, "free", "b"),
                        Stages.stage("b", 1, "c"),
                        Stages.stage("c", 1, "a")))
                .containsExactly("stage 'c' waits for itself: c after a after b after c");
        Stage[] ring = IntStream.range(0, 30)
                .mapToObj(i -> Stages.stage("s" + i, 1, "s" + (i + 1) % 30))
                .toArray(Stage[]::new);
        assertThat(mistakes(ring))
                .containsExactly("stage 's0' waits for itself: s0 after s1 after s2 after s3 after s4 after s5 after s6"
                        + " after s7 after s8 after s9 and 20 more after s0");
    }

    @Test
    void sumsThatAreTooLargeAreNamed() {
        assertThat(mistakes(Stages.stage("a", Integer.MAX_VALUE), Stages.stage("b", 1), Stages.stage("a", 1)))
                .containsExactly(
                        "two stages have the name 'a'",
                        "the stages have 2147483649 tasks, and a job may have 2147483647");
    }

    @Test
    void noMoreThanTwentyAreLookedFor() {
        Stage[] many = IntStream.range(0, 1_000)
                .mapToObj(i -> Stages.stage("s" + i, 1, "s" + i))
                .toArray(Stage[]::new);
        assertThat(mistakes(many)).hasSize(20);
    }
}
