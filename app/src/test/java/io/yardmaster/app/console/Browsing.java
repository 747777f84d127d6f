package io.yardmaster.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Pages in one Chromium that all tests of a JVM share; without a Chromium each test is reported as skipped. An error in the browser's
 * console fails the page's test, and a failed test leaves a picture of each page in {@code target/screenshots}.
 */
final class Browsing implements ExecutionCondition, BeforeAllCallback, AfterTestExecutionCallback {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final double PATIENCE_MS = 30_000;

    private final List<Page> pages = new ArrayList<>();
    private final List<StubConsole> consoles = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();
    private Chromium chromium;

    /** A condition and no assumption: Maven reports no test at all of a class whose preparation is given up. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Chromium.find().isPresent()
                ? ConditionEvaluationResult.enabled("there is a Chromium")
                : ConditionEvaluationResult.disabled(Chromium.NONE_FOUND);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        // Maven makes a request of its own for each class, and the root context lives for one request.
        chromium = context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Browsing.class))
                .getOrComputeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
    }

    /** Serves an example until all pages are closed. */
    StubConsole serve(Example example) {
        StubConsole console = StubConsole.of(example);
        consoles.add(console);
        return console;
    }

    /** Opens a new page at this address, in a browser that remembers nothing. */
    Page open(String url, Look look) {
        BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(look.width(), look.height())
                        .setColorScheme(look.scheme())
                        .setLocale("en-GB")
                        .setTimezoneId("UTC"));
        context.setDefaultTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.onConsoleMessage(this::note);
        page.onPageError(complaints::add);
        pages.add(page);
        page.navigate(url);
        return page;
    }

    /** Lets errors pass that contain this text. */
    void allow(String complaint) {
        allowed.add(complaint);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName() + "-" + context.getDisplayName();
        boolean failed =
                context.getExecutionException().isPresent() || !complaints().isEmpty();
        for (int i = 0; i < pages.size(); i++) {
            if (failed) {
                String file = name.replaceAll("[^A-Za-z0-9-]+", "_") + (i == 0 ? "" : "-" + i) + ".png";
                pages.get(i)
                        .screenshot(new Page.ScreenshotOptions()
                                .setPath(SCREENSHOTS.resolve(file))
                                .setFullPage(true));
            }
            pages.get(i).context().close();
        }
        pages.clear();
        consoles.forEach(StubConsole::close);
        consoles.clear();
        List<String> seen = complaints();
        complaints.clear();
        allowed.clear();
        assertThat(seen).as("errors in the browser's console").isEmpty();
    }

    private void note(ConsoleMessage message) {
        if (message.type().equals("error")) {
            complaints.add(message.text());
        }
    }

    private List<String> complaints() {
        return complaints.stream()
                .filter(complaint -> allowed.stream().noneMatch(complaint::contains))
                .toList();
    }
}
