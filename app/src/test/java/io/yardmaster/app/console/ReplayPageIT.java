package io.yardmaster.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.yardmaster.app.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page that {@code replay --html} writes, in a browser. */
class ReplayPageIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "replay");
    private static final Path PICTURES = Path.of("..", "docs", "images");
    private static final int PLOTS = 3;

    @RegisterExtension
    static final Browsing BROWSING = new Browsing();

    @TempDir
    Path temp;

    private Path report;

    @BeforeEach
    void write() {
        report = temp.resolve("report.html");
        write(
                "day.swf",
                "--slots=20",
                "--policy=name=fifo,fairness=job",
                "--policy=" + EXAMPLE.resolve("shares.yaml") + ",name=</script>,fairness=weighted");
    }

    private void write(String day, String... options) {
        CommandLineRun run = CommandLineRun.of(Stream.of(
                        Stream.of("replay", EXAMPLE.resolve(day).toString()),
                        Stream.of(options),
                        Stream.of("--html=" + report))
                .flatMap(part -> part)
                .toArray(String[]::new));
        assertThat(run.stderr()).isEmpty();
    }

    private Page open(Look look) {
        return open(look, PLOTS);
    }

    private Page open(Look look, int plots) {
        Page page = BROWSING.open(report.toUri().toString(), look);
        assertThat(page.locator(".plot canvas")).hasCount(plots);
        return page;
    }

    /** 48 licences, of which only the second policy knows. */
    private void writeLicences() {
        write(
                "pods.csv",
                "--slots=200",
                "--policy=name=free,fairness=job",
                "--policy=" + EXAMPLE.resolve("licences.yaml") + ",name=licences");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void tablesAndPlotsAreThereAndAxeFindsNothing(ColorScheme scheme) throws IOException {
        Page page = open(new Look(scheme, 1280, 900));
        assertThat(page.locator("h1")).hasText("Replay of a day");
        assertThat(page.locator("thead").first()).containsText("recorded");
        assertThat(page.locator("thead").first()).containsText("</script>");
        assertThat(page.getByText("</script> instead of fifo")).isVisible();
        isDrawnAndAxeFindsNothing(page, PLOTS);
    }

    private static void isDrawnAndAxeFindsNothing(Page page, int plots) throws IOException {
        for (int plot = 0; plot < plots; plot++) {
            assertThat((int) page.evaluate(inked(plot)))
                    .as("pixels of plot %s", plot)
                    .isGreaterThan(500);
        }
        page.evaluate(new String(
                ReplayPageIT.class.getResourceAsStream("/axe.min.js").readAllBytes(), StandardCharsets.UTF_8));
        assertThat(
                        (List<?>)
                                page.evaluate(
                                        "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
                                                + ".map(v => v.id + ' ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; '))"))
                .isEmpty();
    }

    /** Its one line has the colour of the policy that has the limit, on the screen and on paper. */
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theUseOfALimitOverTimeIsPlotted(ColorScheme scheme) throws IOException {
        writeLicences();
        Page page = open(new Look(scheme, 1280, 900), PLOTS + 1);
        assertThat(page.getByRole(
                        AriaRole.IMG,
                        new Page.GetByRoleOptions()
                                .setName(
                                        "The part of the units of limit/gpu in use over time, a line for each policy")))
                .isVisible();
        isDrawnAndAxeFindsNothing(page, PLOTS + 1);
        String light = "184, 70, 14";
        String dark = "242, 148, 92";
        assertThat((int) page.evaluate(ofColor(PLOTS, scheme == ColorScheme.DARK ? dark : light)))
                .as("pixels of the line")
                .isGreaterThan(100);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat(page.locator(".plot canvas")).hasCount(PLOTS + 1);
        assertThat((int) page.evaluate(ofColor(PLOTS, light)))
                .as("pixels of the line on paper")
                .isGreaterThan(100);
    }

    private static String ofColor(int plot, String color) {
        return "() => { const canvas = document.querySelectorAll('.plot canvas')[" + plot + "];"
                + " const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
                + " const [red, green, blue] = [" + color + "]; let found = 0;"
                + " for (let i = 0; i < pixels.length; i += 4) { found += pixels[i + 3] > 0 && Math.abs(pixels[i] - red) < 8"
                + " && Math.abs(pixels[i + 1] - green) < 8 && Math.abs(pixels[i + 2] - blue) < 8 ? 1 : 0; } return found; }";
    }

    @Test
    void theUseOfEachLimitIsThere() {
        writeLicences();
        Page page = open(Look.LIGHT.wide(1280), PLOTS + 1);
        Locator use = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("By limit"));
        assertThat(use.locator("th")).hasText(new String[] {"limit", "recorded", "free", "licences"});
        assertThat(use.locator("tbody tr")).hasCount(1);
        assertThat(use.locator("td").first()).hasText("limit/gpu");
        assertThat(use.locator("td").nth(2)).hasText("-");
        assertThat(use.locator("td").nth(3)).hasText(Pattern.compile("\\d+\\.\\d\\s% / 48 of 48"));
    }

    @Test
    void theDeadlinesThatEachGroupMissedAreThere() {
        write("day.swf", "--slots=20", "--policy=name=fifo,fairness=job", "--deadline=2h", "--deadline=1=12h");
        Page page = open(Look.LIGHT.wide(1280));
        assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("deadlines missed")))
                .hasText(Pattern.compile(" of 840, \\d+\\.\\d\\s%$"));
        Locator groups = page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName("By resource group with deadlines"));
        assertThat(groups.locator("tbody tr")).hasCount(5);
        assertThat(groups.locator("td").first()).hasText("1, within 12 h");
    }

    private static String inked(int plot) {
        return "() => { const canvas = document.querySelectorAll('.plot canvas')[" + plot + "];"
                + " const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
                + " let inked = 0; for (let i = 3; i < pixels.length; i += 4) { inked += pixels[i] > 0 ? 1 : 0; } return inked; }";
    }

    @Test
    void nothingHasToBeScrolledSidewaysOnAPhone() {
        Page page = open(Look.LIGHT.wide(360));
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
    }

    @Test
    void paperIsWhiteAlsoWhereTheScreenIsDark() throws IOException {
        Page page = open(Look.DARK);
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(20, 24, 31)");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
        assertThat(page.locator(".plot canvas")).hasCount(PLOTS);
        byte[] paper = page.pdf();
        assertThat(paper).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
    }

    /** On paper of the format A4 nobody can scroll to a column. */
    @Test
    void noTableIsWiderThanPaper() {
        Page page = open(Look.LIGHT.wide(718));
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(
                        (List<?>)
                                page.evaluate(
                                        "[...document.querySelectorAll('table')].map(table => table.offsetWidth).filter(wide => wide > 718)"))
                .isEmpty();
    }

    /**
     * Takes a picture of docs/replay.md from a report that {@code -Dyardmaster.replay.report=FILE} names; {@code -Dyardmaster.replay.picture}
     * is the picture's name.
     */
    @Test
    @EnabledIfSystemProperty(named = "yardmaster.replay.report", matches = ".+")
    void takesThePictureOfTheDocument() throws IOException {
        Path named = Path.of(System.getProperty("yardmaster.replay.report"));
        assertThat(Files.isReadable(named)).isTrue();
        Page page = BROWSING.open(named.toUri().toString(), new Look(ColorScheme.LIGHT, 1000, 1660));
        assertThat(page.locator(".plot canvas").first()).isVisible();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(System.getProperty("yardmaster.replay.picture", "replay.png"))));
    }
}
