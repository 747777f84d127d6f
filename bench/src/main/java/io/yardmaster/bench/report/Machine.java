package io.yardmaster.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The machine on which it was measured.
 *
 * @param memoryGigabytes in all, of 2^30 bytes
 * @param loadAverage of the minute before; a figure is worth little if others kept the cores busy
 * @param fsyncMillis the median time of 50 to write 4 KiB and sync them to the disk
 */
public record Machine(
        String cpu,
        int cores,
        double memoryGigabytes,
        String jdk,
        String kernel,
        double loadAverage,
        double fsyncMillis) {
    private static final int SYNCS = 50;

    /** Describes this machine, with the disk on which the directory is. */
    public static Machine describe(Path directory) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                cpuModel(),
                system.getAvailableProcessors(),
                system.getTotalMemorySize() / (double) (1 << 30),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                system.getSystemLoadAverage(),
                fsyncMillis(directory));
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*:\\s*", ""))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static double fsyncMillis(Path directory) {
        double[] millis = new double[SYNCS];
        try {
            Path file = Files.createTempFile(directory, "fsync", null);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (int sync = 0; sync < SYNCS; sync++) {
                    long start = System.nanoTime();
                    channel.write(ByteBuffer.allocate(4096));
                    channel.force(false);
                    millis[sync] = (System.nanoTime() - start) / 1e6;
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sample.of(millis).median();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GB, %s, %s, load average %.1f before, fsync %.2f ms",
                cpu,
                cores,
                memoryGigabytes,
                jdk,
                kernel,
                loadAverage,
                fsyncMillis);
    }
}
