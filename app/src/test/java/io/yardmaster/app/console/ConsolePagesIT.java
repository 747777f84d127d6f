package io.yardmaster.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages' texts for made-up deployments. */
class ConsolePagesIT {
    @RegisterExtension
    static final Browsing BROWSING = new Browsing();

    @Test
    void theOverviewShowsTheWholeDeployment() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        assertThat(page.locator(".headline")).containsText("The window is full, so the fleet sets the pace");
        assertThat(page.locator(".figures")).containsText("4,096");
        assertThat(page.locator(".shard")).hasCount(4);
        assertThat(page.locator(".shard").first().locator(".cursor")).containsText("000000");
        assertThat(page.locator(".shard").nth(1).locator(".session")).hasText("still in session …000101");
        assertThat(panel(page, "window").locator("tbody tr")).hasCount(8);
        assertThat(panel(page, "fleet").locator("tbody tr")).hasCount(4);
        assertThat(panel(page, "groups").locator("tbody tr")).hasCount(8);
        assertThat(panel(page, "instances").locator("li")).hasCount(3);
        assertThat(panel(page, "instances")).containsText("standby");
        assertThat(panel(page, "dead-letters")).containsText("a task index is negative");
        assertThat(panel(page, "drops")).containsText("of an older session");
        assertThat(page.locator("ym-plot canvas")).hasCount(2);
        assertThat(page.locator("ym-plot").first())
                .hasAttribute("aria-label", Pattern.compile("Assignments per second .* now, from .*"));
        assertThat(page.locator("#connection")).hasText("Live");
    }

    @Test
    void anEstimateOfAJobsStartIsMadeWhenSomebodyAsksForIt() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url("#/jobs/" + Example.id(0, 1_030)), Look.LIGHT);
        Locator when = panel(page, "when");
        assertThat(when.locator("button")).hasText("Estimate");
        assertThat(when.locator(".answer")).hasCount(0);
        when.locator("button").click();
        assertThat(when.locator(".answer")).containsText("It starts in about 40 s");
        assertThat(when.locator(".depends")).containsText("12 tasks of 3 other jobs start before it");
        assertThat(when.locator("tbody tr")).hasCount(2);
        assertThat(when.locator("tbody tr").nth(0)).containsText("25 s");
        assertThat(when.locator("tbody tr").nth(1)).containsText(Example.SCRIPT + ", b");
        assertThat(when.locator(".notes")).containsText("25 courses of the future");
        assertThat(when.locator("button")).hasText("Estimate again");
        assertThat(page.locator("main script, main img")).hasCount(0);
    }

    @Test
    void anEstimateThatCannotBeMadeSaysWhy() {
        BROWSING.allow("409");
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url("#/jobs/" + Example.id(0, 0)), Look.DARK);
        panel(page, "when").locator("button").click();
        assertThat(panel(page, "when").locator(".problem")).containsText("has started");
        assertThat(panel(page, "when").locator("button")).hasText("Estimate");
    }

    @Test
    void jobsKeepTheirPlacesInARingThatIsSeenWholeAndTheCursorMoves() {
        StubConsole console = BROWSING.serve(Example.SMALL);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        Locator jobs = page.locator(".turns li");
        assertThat(jobs).hasCount(9);
        List<String> before = page.locator(".turns a").allTextContents();
        assertThat(jobs.nth(0)).hasClass("cursor");
        console.turn();
        assertThat(jobs.nth(1)).hasClass("cursor");
        console.turn();
        assertThat(jobs.nth(2)).hasClass("cursor");
        assertThat(page.locator(".turns a").allTextContents()).isEqualTo(before);
    }

    @Test
    void aLongerRingPassesByTheCursor() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        Locator jobs = page.locator(".shard").first().locator(".turns li");
        assertThat(jobs.last()).hasText("and 1,016 more");
        String second = jobs.nth(1).textContent().strip();
        console.turn();
        assertThat(jobs.first()).hasClass("cursor");
        assertThat(jobs.first()).containsText(second);
    }

    @Test
    void problemsComeFirst() {
        StubConsole console = BROWSING.serve(Example.TROUBLED);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        assertThat(page.locator(".headline p")).containsText(new String[] {
            "Nothing is dispatched: the offsets of the group yardmaster-ems are not known. They were last read 14 s ago.",
            "No execution manager is in the group yardmaster-ems.",
            "Shard 3 is run by no instance.",
            "Shard 2 is being restored: 32 %.",
            "10.0.0.7:7070 does not answer: its shards are missing here."
        });
        assertThat(page.locator(".shard").nth(2)).containsText("31,000 of 94,000 records");
        assertThat(panel(page, "instances")).containsText("unreachable");
    }

    @Test
    void anEmptyDeploymentSaysSo() {
        StubConsole console = BROWSING.serve(Example.EMPTY);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        assertThat(page.locator(".headline")).hasText("Nothing waits.");
        assertThat(page.locator("main")).containsText("No job is in the rotation.");
        assertThat(page.locator("main")).containsText("None: every event could be read and made sense.");
    }

    @Test
    void thePolicySaysWhoSetWhatAndWhatIsIgnored() {
        Page page = BROWSING.open(BROWSING.serve(Example.BUSY).url("#/policy"), Look.LIGHT);
        assertThat(page.locator("tbody tr")).hasCount(2 + 4);
        assertThat(page.locator("table.limits tbody tr").nth(0)).containsText("licence");
        assertThat(page.locator("table.limits tbody tr").nth(0)).containsText("50");
        assertThat(page.locator("table.limits tbody tr").nth(0)).containsText("7: 40");
        assertThat(page.locator("table.limits tbody tr").nth(2)).containsText("pool gpu (paused by ann)");
        assertThat(page.locator("tbody tr").nth(0)).containsText("group/3");
        assertThat(page.locator("tbody tr").nth(0)).containsText("weight 2");
        assertThat(page.locator("tbody tr").nth(0)).containsText("paid for two");
        assertThat(page.locator("tbody tr").nth(1)).containsText(Example.SCRIPT);
        assertThat(page.locator(".ignored")).containsText("grup/8: unknown key grup");
        Page empty = BROWSING.open(BROWSING.serve(Example.EMPTY).url("#/policy"), Look.LIGHT);
        assertThat(empty.locator("main")).containsText("Nothing is set");
    }

    @Test
    void tenThousandHostsAreAFewRowsOfResourcesAndPagesOfHosts() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url("#/hosts"), Look.LIGHT);
        assertThat(page.locator("main")).containsText("10,000 hosts, 1 silent one, 1 overbooked one");
        assertThat(page.locator("table.resources tbody tr")).hasCount(2);
        assertThat(page.locator("table.resources tbody tr").nth(1)).containsText("32 GiB on node17");
        assertThat(page.locator("svg.fill").nth(0)).hasAttribute("aria-label", Pattern.compile("8,000 hosts"));
        page.locator("h2 a").click();
        assertThat(page.locator("h1")).hasText("Hosts of gpu");
        assertThat(page.locator("table.hosts tbody tr")).hasCount(100);
        assertThat(page.locator("table.hosts tbody tr").nth(1)).containsText("silent");
        assertThat(page.locator("table.hosts tbody tr").nth(2)).containsText("overbooked");
        assertThat(page.locator("table.hosts tbody tr").nth(3)).containsText("and 10 more");
        assertThat(page.locator("table.hosts tbody tr").nth(3)).containsText(Example.SCRIPT);
        page.locator(".pager a").click();
        assertThat(page.locator("table.hosts tbody tr").nth(0)).containsText("node100");
        Page empty = BROWSING.open(BROWSING.serve(Example.EMPTY).url("#/hosts"), Look.LIGHT);
        assertThat(empty.locator("main")).containsText("No pool places tasks on hosts");
    }

    @Test
    void textOfAnEventNeverBecomesMarkupAndTurnsNoOtherText() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        for (String route : List.of("", "#/dead-letters")) {
            Page page = BROWSING.open(console.url(route), Look.LIGHT);
            assertThat(page.locator(".reason").nth(1)).containsText(Example.SCRIPT);
            assertThat(page.locator(".reason").nth(1)).containsText("gpj\\u202egnp\\u200b");
            assertThat(page.locator("main script, main img")).hasCount(0);
            assertThat(page.title()).endsWith(" · Yardmaster");
        }
        BROWSING.allow("404");
        Page page = BROWSING.open(console.url("#/jobs/%3Cimg%20src%3Dx%3E"), Look.LIGHT);
        assertThat(page.locator("h1")).hasText("Job <img src=x>");
        assertThat(page.locator(".problem")).containsText("job <img src=x> is not known");
    }

    @Test
    void aJobSaysWhyItWaits() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url("#/jobs/" + Example.id(0, 1_030)), Look.LIGHT);
        assertThat(page.locator("h1")).containsText("Job " + Example.id(0, 1_030));
        assertThat(page.locator(".answer"))
                .hasText("Pending behind 6 jobs: all 1,024 places of the rotation are taken.");
        assertThat(panel(page, "runs").locator("tbody tr").first()).containsText("12 to 99");
        assertThat(page.locator(".history li")).hasCount(2);
        assertThat(page.locator(".history li").first()).containsText("joined the rotation at the tail");
    }

    @Test
    void aJobShowsTheStagesOfItsGraph() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url("#/jobs/" + Example.id(0, 1_030)), Look.LIGHT);
        Locator stages = panel(page, "stages");
        assertThat(panel(page, "graph")).containsText("6 of 7 not ended");
        assertThat(panel(page, "graph").locator(".problem")).hasText("It fails: " + ExampleGraph.FAILURE + ".");
        assertThat(stages.locator("tbody tr").nth(1)).containsText("1 to 200");
        assertThat(stages.locator("tbody tr").nth(1)).containsText("running");
        assertThat(stages.locator("tbody tr").nth(2)).containsText("waits for render: 121 of 200 ended");
        assertThat(stages.locator("tbody tr").nth(2)).containsText(Example.SCRIPT);
        Locator failures = panel(page, "failures");
        assertThat(failures).containsText("2 of 3");
        assertThat(failures.locator("tbody tr").first()).containsText("failed: out of memory");
        assertThat(failures.locator("tbody tr").nth(1)).containsText("failed, and is tried again");
        failures.getByText("Show more").click();
        assertThat(failures.locator("tbody tr").nth(2)).containsText("killed: by hand");
        assertThat(failures.getByText("Show more")).hasCount(0);
        page = BROWSING.open(console.url("#/jobs/" + Example.id(0, 4)), Look.LIGHT);
        assertThat(page.locator("main")).containsText("Its queue");
        assertThat(page.locator("#stages")).hasCount(0);
    }

    @Test
    void aJobIsFoundByItsIdAndOneThatIsNotThereIsSaidSo() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        page.getByLabel("Find a job by its id").fill(" " + Example.id(0, 4) + " ");
        page.keyboard().press("Enter");
        assertThat(page.locator(".answer")).containsText("The window is full");
        assertThat(page.locator("main")).isFocused();
        BROWSING.allow("404");
        page.getByLabel("Find a job by its id").fill("4711");
        page.keyboard().press("Enter");
        assertThat(page.locator(".problem")).containsText("job 4711 is not known");
        page.goBack();
        assertThat(page.locator("h1")).containsText(Example.id(0, 4));
    }

    @Test
    void listsComeInPagesThatHaveAddresses() {
        StubConsole console = BROWSING.serve(Example.BUSY);
        Page page = BROWSING.open(console.url("#/jobs?state=pending"), Look.LIGHT);
        Locator rows = page.locator("table.jobs tbody tr");
        assertThat(rows).hasCount(100);
        assertThat(rows.first()).containsText(Example.id(0, 1_024));
        page.getByText("Next page").click();
        assertThat(rows.first()).containsText(Example.id(0, 1_124));
        page.reload();
        assertThat(rows.first()).containsText(Example.id(0, 1_124));
        assertThat(page.locator(".pager")).containsText("Page 2");
        page.getByText("First page").click();
        assertThat(rows.first()).containsText(Example.id(0, 1_024));
        page.locator(".states a").first().click();
        assertThat(rows.first()).containsText(Example.id(0, 0));
    }

    @Test
    void theThemeIsRememberedUntilItIsTheSystemsAgain() {
        StubConsole console = BROWSING.serve(Example.SMALL);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        Locator root = page.locator("html");
        page.getByLabel("Dark theme").click();
        assertThat(root).hasAttribute("data-theme", "dark");
        page.reload();
        assertThat(root).hasAttribute("data-theme", "dark");
        page.getByLabel("Light theme").click();
        assertThat(page.getByLabel("Dark theme")).isVisible();
        assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
    }

    private static Locator panel(Page page, String id) {
        return page.locator("section.panel[aria-labelledby=" + id + "]");
    }
}
