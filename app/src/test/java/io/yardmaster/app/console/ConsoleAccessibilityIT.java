package io.yardmaster.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsoleAccessibilityIT {
    private static final String AXE =
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
                    + ".map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; '))";

    private static final List<String> ROUTES = List.of(
            "#/",
            "#/jobs",
            "#/jobs/" + Example.id(0, 1_030),
            "#/dead-letters",
            "#/policy",
            "#/hosts",
            "#/hosts/gpu",
            "#/nowhere");

    @RegisterExtension
    static final Browsing BROWSING = new Browsing();

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axeFindsNothing(ColorScheme scheme) throws IOException {
        Look look = new Look(scheme, 1280, 900);
        for (Example example : List.of(Example.BUSY, Example.TROUBLED, Example.EMPTY)) {
            StubConsole console = BROWSING.serve(example);
            Page page = BROWSING.open(console.url(""), look);
            page.evaluate(axe());
            for (String route : example.equals(Example.BUSY) ? ROUTES : List.of("#/")) {
                show(page, console, route);
                assertThat((List<?>) page.evaluate(AXE)).as(route).isEmpty();
            }
            if (example.equals(Example.TROUBLED)) {
                BROWSING.allow("net::ERR_");
                console.goAway();
                assertThat(page.locator(".banner")).isVisible();
                assertThat((List<?>) page.evaluate(AXE)).as("connection lost").isEmpty();
            }
        }
    }

    @Test
    void axeFindsNothingOnAPhone() throws IOException {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url(""), Look.LIGHT.wide(360));
        page.evaluate(axe());
        for (String route : ROUTES) {
            show(page, console, route);
            assertThat((List<?>) page.evaluate(AXE)).as(route).isEmpty();
        }
    }

    @Test
    void nothingHasToBeScrolledSideways() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        for (int width : List.of(320, 360, 768, 1280)) {
            page.setViewportSize(width, 800);
            for (String route : ROUTES) {
                show(page, console, route);
                assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                        .as("%s at %d pixels", route, width)
                        .isLessThanOrEqualTo(width);
            }
        }
    }

    @Test
    void theKeyboardGetsEverywhereAndOutAgain() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        assertThat(page.locator(".shard")).hasCount(4);
        List<String> stops = new ArrayList<>();
        do {
            page.keyboard().press("Tab");
            stops.add((String) page.evaluate("() => { const e = document.activeElement;"
                    + " if (e === document.body) return '';"
                    + " const box = e.getBoundingClientRect(), style = getComputedStyle(e);"
                    + " const seen = box.width > 1 && box.height > 1 && style.outlineStyle !== 'none';"
                    + " return (seen ? '' : 'unseen ') + e.tagName + ' ' + e.textContent.trim(); }"));
        } while (!stops.get(stops.size() - 1).isEmpty() && stops.size() < 300);
        assertThat(stops).startsWith("A Skip to content").endsWith("").hasSizeBetween(40, 299);
        assertThat(stops).noneMatch(stop -> stop.startsWith("unseen"));
        assertThat(stops).contains("BUTTON Find", "BUTTON Dark", "BUTTON Show all 10", "SUMMARY As a table");

        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
    }

    @Test
    void nothingMovesForUsersWhoPreferReducedMotion() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        assertThat(page.locator(".bar .part").first()).hasCSS("transition-duration", "0s");
        assertThat(page.evaluate("document.getAnimations().length")).isEqualTo(0);
    }

    /** Opens the route and waits until its data has come. */
    private static void show(Page page, StubConsole console, String route) {
        page.navigate(console.url(route));
        assertThat(page.locator("main h1")).hasCount(1);
        assertThat(page.locator(".wait")).hasCount(0);
    }

    private static String axe() throws IOException {
        try (InputStream in = ConsoleAccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
