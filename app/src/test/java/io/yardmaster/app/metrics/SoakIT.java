package io.yardmaster.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.app.ServeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Minutes of work on which nothing may grow: jobs come and go, sessions begin, and in each minute another instance takes
 * half of the partitions and gives them back. Prints a line each minute. {@code -Dyardmaster.soak.minutes=10} runs it.
 */
@EnabledIfSystemProperty(named = "yardmaster.soak.minutes", matches = "[0-9]+")
class SoakIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final double MB = 1 << 20;
    private static final int SETTLED_AFTER = 2;

    @TempDir
    Path directory;

    /** Sizes after one minute and a full collection. */
    private record Minute(
            int number,
            double heapMb,
            double otherMb,
            double rocksDbMb,
            double residentMb,
            long threads,
            long openFiles,
            List<String> ours,
            long series,
            long assignments) {}

    @Test
    void nothingGrows() throws Exception {
        int minutes = Integer.getInteger("yardmaster.soak.minutes");
        List<Minute> seen = new ArrayList<>();
        System.out.println(
                "minute  heap MB  other JVM MB  RocksDB MB  resident MB  threads  files  series  of them ours"
                        + "  assignments");
        try (ObservedDeployment deployment = ObservedDeployment.start(directory);
                ServeProcess serve = deployment.serve(
                        "soaked",
                        List.of(),
                        "active.jobs=32",
                        "dispatch.capacity=64",
                        "finalizing.expiry=20s",
                        "dedup.expiry=30s");
                SoakLoad load = new SoakLoad(deployment)) {
            ServeProcess.Ready at = serve.awaitReady();
            for (int minute = 1; minute <= minutes; minute++) {
                Instant end = Instant.now().plusSeconds(60);
                thereAndBack(deployment, at);
                await().atMost(LONG).until(() -> Instant.now().isAfter(end));
                load.check();
                Minute now = measure(minute, serve.pid(), at);
                System.out.printf(
                        "%6d  %7.1f  %12.1f  %10.1f  %11.0f  %7d  %5d  %6d  %12d  %11d%n",
                        now.number,
                        now.heapMb,
                        now.otherMb,
                        now.rocksDbMb,
                        now.residentMb,
                        now.threads,
                        now.openFiles,
                        now.series,
                        now.ours.size(),
                        now.assignments);
                seen.add(now);
            }
            assertThat(serve.stderr()).doesNotContain(" WARN ", " ERROR ", "\tat ");
        }
        staysFlat(seen.subList(Math.min(SETTLED_AFTER, seen.size() - 1), seen.size()));
    }

    private static void thereAndBack(ObservedDeployment deployment, ServeProcess.Ready at) {
        try (ServeProcess other = deployment.serve(
                "other",
                List.of(),
                "active.jobs=32",
                "dispatch.capacity=64",
                "finalizing.expiry=20s",
                "dedup.expiry=30s")) {
            ServeProcess.Ready there = other.awaitReady();
            await().atMost(LONG)
                    .until(() -> ObservedDeployment.shards(at) == 2 && ObservedDeployment.shards(there) == 2);
            await().atMost(LONG)
                    .until(() -> ObservedDeployment.scrape(there).value("yardmaster_assignments_total") > 50);
            assertThat(other.stop()).isZero();
        }
        await().atMost(LONG).until(() -> ObservedDeployment.shards(at) == ObservedDeployment.SHARDS);
    }

    private static Minute measure(int number, long pid, ServeProcess.Ready at) throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process collection = new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(collection.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        PrometheusText scrape = ObservedDeployment.scrape(at);
        return new Minute(
                number,
                scrape.value("jvm_memory_used_bytes", "area", "heap") / MB,
                scrape.value("jvm_memory_used_bytes", "area", "nonheap") / MB,
                scrape.value("kafka_stream_state_block_cache_usage") / MB,
                residentMb(pid),
                (long) scrape.value("jvm_threads_live_threads"),
                (long) scrape.value("process_files_open_files"),
                scrape.series("yardmaster_", "kafka_"),
                scrape.series().size(),
                (long) scrape.value("yardmaster_waiting_time_seconds_count"));
    }

    private static double residentMb(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private static void staysFlat(List<Minute> settled) {
        Minute first = settled.get(0);
        assertThat(settled).allSatisfy(minute -> {
            assertThat(minute.ours).isEqualTo(first.ours);
            assertThat(minute.heapMb).isLessThan(1.2 * first.heapMb + 5);
            assertThat(minute.threads).isLessThanOrEqualTo(first.threads + 4);
            assertThat(minute.openFiles).isLessThanOrEqualTo(first.openFiles + 32);
        });
    }
}
