package io.yardmaster.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The drawing of a job's graph. */
class ConsoleGraphIT {
    private static final int MOST_BOXES = 60;
    private static final int MOST_ELEMENTS = 2_500;
    /** A page that hangs is far beyond it; on a busy machine a frame may take seconds all the same. */
    private static final int LONGEST_FRAME_MS = 10_000;

    /** Notes the longest time between two frames. */
    private static final String WATCH_FRAMES =
            """
            window.longest = 0;
            let last = performance.now();
            const frame = now => { window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(frame); };
            requestAnimationFrame(frame);
            """;

    /** The contrast of each box's text with its ground. */
    private static final String CONTRASTS =
            """
            () => {
              const light = color => { const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map(Number).map(v => v / 255)
                  .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              return [...document.querySelectorAll('button.stage')].map(box => {
                const { color, backgroundColor } = getComputedStyle(box);
                const [a, b] = [light(color), light(backgroundColor)];
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); });
            }
            """;

    /** Folds a graph of some shape, opens each fold in turn, and tells what is wrong. */
    private static final String CHECK_FOLDS =
            """
            async ([shape, n, most, seed]) => {
              const { fold } = await import('/js/graph/fold.js');
              const { levels } = await import('/js/graph/levels.js');
              let state = seed;
              const random = bound => { state = (state * 1103515245 + 12345) & 0x7fffffff; return (state >> 8) % bound; };
              const before = {
                chain: i => i === 0 ? [] : [i - 1],
                flat: () => [],
                fan: i => i === 0 ? [] : i < n - 1 ? [0] : Array.from({ length: n - 2 }, (_, k) => k + 1),
                branches: i => i % 3 === 0 ? [] : [i - 1],
                layers: i => i < 40 ? [] : [0, 1].map(() => (Math.floor(i / 40) - 1) * 40 + random(40)),
                random: i => i === 0 ? [] : [random(i), random(i)],
              }[shape];
              const all = Array.from({ length: n }, (_, number) => ({ number, before: before(number) }));
              const wrong = [];
              const look = stages => {
                const { boxes, edges } = fold(stages, most);
                const members = boxes.flatMap(box => box.members);
                const back = new Map(boxes.map((_, place) => [place, new Set(edges.filter(([, to]) => to === place).map(([from]) => from))]));
                if (boxes.length > most) wrong.push(`${boxes.length} boxes`);
                if (boxes.length === 1 && stages.length > 1) wrong.push('one box');
                if (members.length !== stages.length || new Set(members).size !== stages.length) wrong.push('members');
                if (levels([...back.keys()], back).flat().length !== boxes.length) wrong.push('a cycle');
                boxes.filter(box => box.members.length > 1).slice(0, 5).forEach(box => look(box.members.map(number => all[number])));
              };
              look(all);
              return wrong;
            }
            """;

    @RegisterExtension
    static final Browsing BROWSING = new Browsing();

    private static Page open(Example example, Look look) {
        return open(example, look, Example.id(0, 1_030));
    }

    private static Page open(Example example, Look look, String job) {
        StubConsole console = BROWSING.serve(example);
        return BROWSING.open(console.url("#/jobs/" + job), look);
    }

    private static Locator box(Page page, String name) {
        return page.locator("button.stage").filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void eachStageSaysItsStateInAWordAndWhatItWaitsForWhenItIsChosen() {
        Page page = open(Example.BUSY, Look.LIGHT);
        assertThat(page.locator("h1 .name")).hasText(ExampleGraph.NAME);
        assertThat(page.locator("button.stage")).hasCount(7);
        assertThat(page.locator(".edges path")).hasCount(7);
        assertThat(page.locator("button.stage > span")).containsText(new String[] {
            "succeeded", "running", "waits for others", "failed", "killed", "back-off", "waits for its turn"
        });
        assertThat(page.locator(".graph-legend li")).hasCount(10);
        assertThat(box(page, "render")).containsText("121 / 200");
        assertThat(box(page, "render"))
                .hasAttribute("aria-label", "render, running: 40 running, 39 wait for their turn");

        box(page, "render").click();
        Locator chosen = page.locator(".chosen");
        assertThat(chosen).containsText("40 running, 39 wait for their turn");
        assertThat(chosen).containsText("1 to 200");
        assertThat(chosen.locator("li").first())
                .hasText(Pattern.compile("Task 8 failed at .* in attempt 3: out of memory"));
        box(page, "publish").click();
        assertThat(chosen).containsText("killed because check failed");
        assertThat(chosen).containsText(Example.SCRIPT + "; check");
        assertThat(page.locator("main script, main img")).hasCount(0);
        box(page, "publish").click();
        assertThat(chosen).hasCount(0);
    }

    @Test
    void theKeyboardReachesEveryBoxAndOpensFolds() {
        Page page = open(Example.BUSY, Look.LIGHT);
        assertThat(page.locator("button.stage[tabindex='0']")).hasCount(1);
        page.locator("button.stage[tabindex='0']").focus();
        assertThat(box(page, "split")).isFocused();
        page.keyboard().press("ArrowRight");
        assertThat(box(page, "split")).not().isFocused();
        page.keyboard().press("Home");
        assertThat(box(page, "split")).isFocused();
        page.keyboard().press("End");
        assertThat(box(page, "count")).isFocused();
        assertThat(box(page, "count")).hasAttribute("tabindex", "0");
        page.keyboard().press("Enter");
        assertThat(page.locator(".chosen h3")).hasText("count");
        assertThat(box(page, "count")).hasAttribute("aria-pressed", "true");

        page = open(Example.LARGE, Look.LIGHT);
        page.locator("button.stage.folded").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#graph-trail")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#graph-trail")).hasCount(0);
    }

    @Test
    void twoThousandStagesAreFoldedAndThePageStaysResponsive() {
        StubConsole console = BROWSING.serve(Example.LARGE);
        Page page = BROWSING.open(console.url("#/jobs"), Look.LIGHT);
        assertThat(page.locator("table.jobs tbody tr")).hasCount(100);
        page.evaluate(WATCH_FRAMES);
        long began = System.nanoTime();
        page.evaluate("location.hash = '#/jobs/" + Example.id(0, 1_030) + "'");
        assertThat(page.locator("button.stage").first()).isVisible();
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertThat(page.locator("section[aria-labelledby=graph]")).containsText("the first 2,000 here");
        assertThat(page.locator("button.stage").count()).isBetween(2, MOST_BOXES);
        assertThat((int) page.evaluate("document.querySelectorAll('*').length")).isLessThan(MOST_ELEMENTS);
        console.turn();
        assertThat(page.locator("#stages")).isVisible();
        double longest = ((Number) page.evaluate("window.longest")).doubleValue();
        System.out.printf("2,000 stages drawn after %d ms; the longest frame took %.0f ms%n", millis, longest);
        assertThat(longest).isLessThan(LONGEST_FRAME_MS);
    }

    @Test
    void aFoldOpensUntilItsStagesAreSeenAndTheTableHasThemAll() {
        Page page = open(Example.LARGE, Look.LIGHT);
        Locator folds = page.locator("button.stage.folded");
        assertThat(folds.first()).containsText("stages");
        folds.first().click();
        assertThat(page.locator("#graph-trail")).containsText("Whole graph");
        assertThat(page.locator("button.stage").first()).isVisible();
        assertThat(page.locator("button.stage:not(.folded)").first()).containsText("stage-");
        page.getByText("Whole graph").click();
        assertThat(page.locator("#graph-trail")).hasCount(0);
        assertThat(folds.first()).isVisible();

        Locator rows = page.locator("section[aria-labelledby=stages] tbody tr");
        assertThat(rows).hasCount(50);
        page.getByText("Next stages").click();
        assertThat(rows.first()).containsText("stage-50");
        assertThat(page.locator("section[aria-labelledby=stages]")).containsText("51 to 100 of 2,000");
    }

    @Test
    void foldsHoldEachStageOnceHaveNoCycleAndCanBeOpened() {
        int seed = (int) (System.nanoTime() & Integer.MAX_VALUE);
        Page page = open(Example.BUSY, Look.LIGHT);
        for (int stages : List.of(1, 2, 61, 500, 2_000)) {
            for (String shape : List.of("chain", "flat", "fan", "branches", "layers", "random")) {
                assertThat((List<?>) page.evaluate(CHECK_FOLDS, List.of(shape, stages, MOST_BOXES, seed)))
                        .as("%s of %d stages, seed %d", shape, stages, seed)
                        .isEmpty();
            }
        }
    }

    @Test
    void theGraphOfAJobThatIsForgottenIsStillDrawnAsItEnded() {
        BROWSING.allow("404");
        Page page = open(Example.BUSY, Look.LIGHT, Example.FORGOTTEN);
        assertThat(page.locator(".problem").first()).containsText("job 4712 is not known");
        assertThat(page.locator("button.stage")).hasCount(7);
        assertThat(page.locator("section[aria-labelledby=graph]"))
                .containsText("It has failed: " + ExampleGraph.FAILURE);
    }

    @Test
    void textInBoxesContrastsWithItsGround() {
        for (Look look : List.of(Look.LIGHT, Look.DARK)) {
            Page page = open(Example.BUSY, look);
            assertThat(page.locator("button.stage")).hasCount(7);
            assertThat((List<?>) page.evaluate(CONTRASTS)).hasSize(7).allSatisfy(contrast -> assertThat(
                            ((Number) contrast).doubleValue())
                    .isGreaterThan(4.5));
        }
    }

    @Test
    void aNarrowPageIsDrawnFromTopToBottomAndOnlyTheDrawingScrollsSideways() {
        Page page = open(Example.BUSY, Look.LIGHT.wide(320));
        assertThat(page.locator("button.stage")).hasCount(7);
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(320);
        double split = box(page, "split").boundingBox().y;
        assertThat(box(page, "render").boundingBox().y).isGreaterThan(split + 30);
        box(page, "render").click();
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(320);
    }
}
