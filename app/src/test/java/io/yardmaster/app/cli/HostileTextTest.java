package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.yardmaster.app.CommandLineRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and reasons with characters that turn or hide text: no command prints such a character to a terminal. */
class HostileTextTest {
    private static final String HOSTILE = "gpj\u202egnp\u200b\u009b2J";
    private static final String SHOWN = "gpj\\u202egnp\\u200b\\u009b2J";

    @TempDir
    Path directory;

    @Test
    void statusShowsThemEscapedAsTextAndAsJson() throws IOException {
        byte[] overview =
                ("{\"totals\": {}, \"window\": {\"breaker\": \"closed\"}, \"group\": {}, \"application_id\": \""
                                + HOSTILE + "\", \"dead_letters\": [{\"reason\": \"" + HOSTILE + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, overview.length);
            try (exchange;
                    InputStream body = exchange.getRequestBody()) {
                body.readAllBytes();
                exchange.getResponseBody().write(overview);
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertPrintable(CommandLineRun.of("status", "--once", "--url", url).stdout());
            assertPrintable(CommandLineRun.of("status", "--once", "--json", "--url", url)
                    .stdout());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void describeAndErrorsShowThemEscaped() throws IOException {
        assertPrintable(CommandLineRun.of("describe", "--set=kafka.client.id=" + HOSTILE)
                .stdout());
        assertPrintable(
                CommandLineRun.of("describe", "--set=fairness=" + HOSTILE).stderr());
        assertPrintable(CommandLineRun.of("describe", "--verbose", "--set=fairness=" + HOSTILE)
                .stderr());
        Path file =
                Files.writeString(directory.resolve("w.json"), "{\"name\": \"w\", \"schemaVersion\": \"a\u202eb\"}");
        assertThat(CommandLineRun.of("demo", file.toString()).stderr())
                .contains("schemaVersion is a\\u202eb, but")
                .doesNotContain("\u202e");
    }

    @Test
    void theHelpKeepsItsColours() {
        String before = System.getProperty("picocli.ansi");
        System.setProperty("picocli.ansi", "true");
        try {
            assertThat(CommandLineRun.of("--help").stdout()).contains("\u001b[1m");
        } finally {
            if (before == null) {
                System.clearProperty("picocli.ansi");
            } else {
                System.setProperty("picocli.ansi", before);
            }
        }
    }

    private static void assertPrintable(String printed) {
        assertThat(printed).contains(SHOWN).doesNotContain("\u202e", "\u200b", "\u009b");
    }
}
