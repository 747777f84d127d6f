package io.yardmaster.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsoleAccessibilityIT {
    private static final String AXE = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
            + ".map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; '))";

    private static final List<String> ROUTES =
            List.of("#/", "#/jobs", "#/jobs/" + Example.id(0, 1_030), "#/dead-letters", "#/nowhere");

    @RegisterExtension
    static final Browsing BROWSING = new Browsing();

    static Stream<Look> looks() {
        return Stream.of(Look.LIGHT, Look.DARK, Look.LIGHT.wide(360), Look.DARK.wide(360));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void axeFindsNothing(Look look) throws IOException {
        for (Example example : List.of(Example.BUSY, Example.TROUBLED, Example.EMPTY)) {
            try (StubConsole console = StubConsole.of(example)) {
                Page page = BROWSING.open(console.url(""), look);
                page.evaluate(axe());
                for (String route : example.equals(Example.BUSY) ? ROUTES : List.of("#/")) {
                    page.navigate(console.url(route));
                    assertThat(page.locator("main h1")).hasCount(1);
                    assertThat(page.locator(".wait")).hasCount(0);
                    assertThat((List<?>) page.evaluate(AXE))
                            .as("%s %s", look, route)
                            .isEmpty();
                }
                if (example.equals(Example.TROUBLED)) {
                    console.goAway();
                    assertThat(page.locator(".banner")).isVisible();
                    assertThat((List<?>) page.evaluate(AXE)).as("%s, lost", look).isEmpty();
                    BROWSING.expectComplaints();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void nothingHasToBeScrolledSideways(Look look) {
        try (StubConsole console = StubConsole.of(Example.BUSY)) {
            Page page = BROWSING.open(console.url(""), look);
            for (String route : ROUTES) {
                page.navigate(console.url(route));
                assertThat(page.locator("main h1")).hasCount(1);
                assertThat(page.locator(".wait")).hasCount(0);
                assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                        .as("%s %s", look, route)
                        .isLessThanOrEqualTo((int) page.evaluate("document.documentElement.clientWidth"));
            }
        }
    }

    @Test
    void theKeyboardGetsEverywhereAndOutAgain() {
        try (StubConsole console = StubConsole.of(Example.BUSY)) {
            Page page = BROWSING.open(console.url(""), Look.LIGHT);
            assertThat(page.locator(".lane")).hasCount(4);
            List<String> stops = new ArrayList<>();
            do {
                page.keyboard().press("Tab");
                stops.add((String) page.evaluate("() => { const e = document.activeElement;"
                        + " if (e === document.body) return '';"
                        + " const box = e.getBoundingClientRect(), style = getComputedStyle(e);"
                        + " const seen = box.width > 1 && box.height > 1 && style.outlineStyle !== 'none';"
                        + " return (seen ? '' : 'unseen ') + e.tagName + ' ' + e.textContent.trim(); }"));
            } while (!stops.get(stops.size() - 1).isEmpty() && stops.size() < 300);
            assertThat(stops).startsWith("A Skip to content").endsWith("").hasSizeBetween(60, 299);
            assertThat(stops).noneMatch(stop -> stop.startsWith("unseen"));
            assertThat(stops).contains("BUTTON Find", "BUTTON Dark", "BUTTON Show all 10", "SUMMARY As a table");

            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).isFocused();
        }
    }

    @Test
    void whoMovesLittleIsShownNoMotion() {
        try (StubConsole console = StubConsole.of(Example.BUSY)) {
            Page page = BROWSING.open(console.url(""), Look.LIGHT);
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            assertThat(page.locator(".bar .part").first()).hasCSS("transition-duration", "0s");
            assertThat(page.evaluate("document.getAnimations().length")).isEqualTo(0);
        }
    }

    private static String axe() throws IOException {
        try (InputStream in = ConsoleAccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
