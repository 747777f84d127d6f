package io.yardmaster.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of a real deployment at work; {@code bin/yardmaster-screenshot} runs it. */
@EnabledIfSystemProperty(named = "yardmaster.screenshots", matches = "true")
class ReadmeScreenshotIT {
    private static final Path PICTURES = Path.of("..", "docs", "images");
    private static final Duration WITH_TWO = Duration.ofSeconds(45);
    private static final Duration WITH_THREE = Duration.ofSeconds(45);

    @RegisterExtension
    static final Browsing BROWSING = new Browsing();

    @TempDir
    Path temp;

    @Test
    void aDeploymentAtWork() throws Exception {
        try (ShownDeployment shown = ShownDeployment.start(temp)) {
            shown.submitJobs();
            shown.sendUnreadable();
            shown.work("first");
            shown.work("second");
            Map<String, Page> pages = Map.of(
                    "console.png", BROWSING.open(shown.url(), Look.LIGHT),
                    "console-dark.png", BROWSING.open(shown.url(), Look.DARK));
            watch(pages, WITH_TWO);
            shown.work("third");
            watch(pages, WITH_THREE);
            pages.forEach((file, page) -> {
                page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(file)));
                page.close();
            });
        }
    }

    /** Waits, as charts need time to fill. */
    private static void watch(Map<String, Page> pages, Duration time) {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            for (Page page : pages.values()) {
                page.waitForTimeout(500);
                assertThat(page.locator("#connection")).hasText("Live");
            }
        }
    }
}
