package io.yardmaster.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsoleConnectionIT {
    @RegisterExtension
    static final Browsing BROWSING = new Browsing();

    @Test
    void aLostConnectionIsSeenAndComesBackByItself() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        assertThat(page.locator("#connection")).hasText("Live");
        BROWSING.allow("net::ERR_");
        console.goAway();
        assertThat(page.locator("#connection")).hasText("Lost");
        assertThat(page.locator(".banner")).containsText("Connection lost. The page shows the state of ");
        assertThat(page.locator("#announcements")).hasText("Connection lost. Trying again.");
        assertThat(page.locator(".shard")).hasCount(4);
        console.comeBack();
        assertThat(page.locator("#connection")).hasText("Live");
        assertThat(page.locator(".banner")).hasCount(0);
        assertThat(page.locator("#announcements")).hasText("Connected again.");
    }

    @Test
    void aHiddenPageAsksForNothing() {
        StubConsole console = BROWSING.serve(Example.SMALL);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        assertThat(page.locator("#connection")).hasText("Live");
        hide(page, true);
        assertThat(page.locator("#connection")).hasText("Paused");
        await().atMost(Duration.ofSeconds(30)).until(() -> !console.isFollowed());
        hide(page, false);
        assertThat(page.locator("#connection")).hasText("Live");
    }

    private static void hide(Page page, boolean hidden) {
        page.evaluate(
                "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                hidden);
    }
}
