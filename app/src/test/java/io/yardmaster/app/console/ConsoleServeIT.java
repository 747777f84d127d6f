package io.yardmaster.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.app.cli.EmbeddedServe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The console of a scheduler that runs, from its first event to its last. */
class ConsoleServeIT {
    /** JavaScript's numbers are exact only below it. */
    private static final long LARGE_ID = (1L << 53) + 1;

    @RegisterExtension
    static final Browsing BROWSING = new Browsing();

    @TempDir
    Path temp;

    @Test
    void theWorkOfARealSchedulerIsSeenAsItHappens() throws Exception {
        try (EmbeddedServe serve = EmbeddedServe.start(temp, "active.jobs=2", "dispatch.capacity=8")) {
            ServeProcess.Ready ready = serve.ready();
            Page page = BROWSING.open(ready.http(), Look.DARK);
            assertThat(page.locator(".headline .first")).hasText("Nothing waits.");

            submit(ready, "7,11,3,0-19", "7,12,3,0-19", "8,13,3,0-19", "8," + LARGE_ID + ",3,0-19");
            sendGarbage(ready);

            assertThat(page.locator(".headline")).containsText("No execution manager is in the group yardmaster-ems.");
            assertThat(page.locator(".turns li")).hasCount(2);
            assertThat(figure(page, "Outstanding")).hasText("8");
            assertThat(figure(page, "Pending")).hasText("2");
            assertThat(page.locator("[aria-labelledby=rotation]")).containsText("session 3");
            assertThat(page.locator("[aria-labelledby=groups] tbody tr")).hasCount(2);
            assertThat(page.locator("[aria-labelledby=instances] li")).hasCount(1);
            assertThat(page.locator("[aria-labelledby=dead-letters]")).containsText("yardmaster.ready-0 @ 4");

            figureLink(page, "Pending").click();
            assertThat(page.locator("table.jobs tbody th")).hasText(new String[] {"13", Long.toString(LARGE_ID)});
            page.getByText(Long.toString(LARGE_ID)).click();
            assertThat(page.locator("h1")).containsText("Job " + LARGE_ID);
            assertThat(page.locator(".answer")).not().isEmpty();
            assertThat(page.locator("[aria-labelledby=runs] tbody tr")).containsText("0 to 19");
            assertThat(page.locator(".history li").last()).containsText("began");

            try (CommandProcess worker = work(ready)) {
                worker.awaitOutput("working in consumer group");
                assertThat(page.locator(".history li").first()).containsText(Pattern.compile("active|retired"));
                assertThat(page.locator("[aria-labelledby=runs]")).containsText("No task is buffered.");
                page.locator("nav a").first().click();
                assertThat(page.locator("[aria-labelledby=fleet] tbody tr")).hasCount(1);
                assertThat(figure(page, "Outstanding")).hasText("0");
                assertThat(page.locator(".headline .first")).hasText("Nothing waits.");
                assertThat(page.locator("ym-plot").first())
                        .hasAttribute("aria-label", Pattern.compile(".*assignments/s: .* to [1-9].*"));
                page.close();
            }
        }
    }

    private static Locator figure(Page page, String name) {
        return figureOf(page, name).locator(".value");
    }

    private static Locator figureLink(Page page, String name) {
        return figureOf(page, name).locator("dt a");
    }

    private static Locator figureOf(Page page, String name) {
        return page.locator(".figures > div")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("dt", new Page.LocatorOptions().setHasText(name))));
    }

    private void submit(ServeProcess.Ready ready, String... events) throws IOException {
        Path file = Files.writeString(
                temp.resolve("events.csv"),
                "resource_group_id,job_id,session_id,task_indices\n" + String.join("\n", events) + "\n");
        CommandLineRun submit = CommandLineRun.of("submit", kafka(ready), registry(ready), file.toString());
        assertThat(submit.exitCode()).as(submit.stderr()).isZero();
    }

    private CommandProcess work(ServeProcess.Ready ready) throws IOException {
        return CommandProcess.start(
                temp, temp.resolve("work"), "work", kafka(ready), registry(ready), "--parallel=4", "--sleep=0.05");
    }

    private static void sendGarbage(ServeProcess.Ready ready) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", ready.kafka()), new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>("yardmaster.ready", "garbage".getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String kafka(ServeProcess.Ready ready) {
        return "--set=kafka.bootstrap.servers=" + ready.kafka();
    }

    private static String registry(ServeProcess.Ready ready) {
        return "--set=schema.registry.url=" + ready.registry();
    }
}
