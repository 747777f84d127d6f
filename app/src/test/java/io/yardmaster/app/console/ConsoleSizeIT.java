package io.yardmaster.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 10,000 jobs in a shard, 64 shards, 256 dispatch partitions, 300 execution managers, 100 groups. */
class ConsoleSizeIT {
    /** A browser lays out so few elements in some milliseconds. */
    private static final int MOST_ELEMENTS = 2_500;

    @RegisterExtension
    static final Browsing BROWSING = new Browsing();

    @Test
    void pagesStaySmallWhateverTheDeploymentsSize() {
        StubConsole console = BROWSING.serve(Example.LARGE);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        assertThat(page.locator(".shard")).hasCount(6);
        assertThat(elements(page)).isLessThan(MOST_ELEMENTS);

        page.navigate(console.url("#/jobs"));
        assertThat(page.locator("table.jobs tbody tr")).hasCount(100);
        assertThat(page.locator(".states")).containsText("641,560");
        assertThat(elements(page)).isLessThan(MOST_ELEMENTS);
    }

    @Test
    void theLastOfTenThousandJobsIsReachedPageByPage() {
        StubConsole console = BROWSING.serve(Example.LARGE);
        Page page = BROWSING.open(console.url("#/jobs?after=9800&page=99"), Look.LIGHT);
        assertThat(page.locator("table.jobs tbody tr").first()).containsText(Example.id(0, 9_800));
        page.getByText("Next page").click();
        assertThat(page.locator(".pager")).containsText("Page 100");
        page.getByText("Next page").click();
        assertThat(page.locator("table.jobs tbody tr")).hasCount(24);
        assertThat(page.locator(".pager")).containsText("the last");
    }

    @Test
    void aLongListIsFoldedUntilTheUserUnfoldsIt() {
        StubConsole console = BROWSING.serve(Example.LARGE);
        Page page = BROWSING.open(console.url(""), Look.LIGHT);
        page.getByText("Show all 64").click();
        assertThat(page.locator(".shard")).hasCount(64);
        console.turn();
        assertThat(page.locator(".shard").last().locator(".cursor")).containsText("300007");
        assertThat(page.locator(".shard")).hasCount(64);
        page.getByText("Show the first 6 only").click();
        assertThat(page.locator(".shard")).hasCount(6);
    }

    private static int elements(Page page) {
        return (int) page.evaluate("document.querySelectorAll('*').length");
    }
}
