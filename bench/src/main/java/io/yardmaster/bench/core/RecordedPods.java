package io.yardmaster.bench.core;

import io.yardmaster.bench.BenchException;
import io.yardmaster.core.placement.BestFit;
import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.Offer;
import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.core.placement.PlacementSnapshot;
import io.yardmaster.core.placement.PlacementStrategy;
import io.yardmaster.core.placement.Placing;
import io.yardmaster.core.placement.Plan;
import io.yardmaster.core.placement.Planner;
import io.yardmaster.core.placement.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The pods and nodes of Alibaba's GPU trace of 2023, from two gzip'd CSV files beside each other, of which one has {@code pods} in its
 * name where the other has {@code nodes}. A node's GPUs are one amount, in thousandths, so a pod may get parts of several.
 */
public final class RecordedPods {
    private static final String HEAD = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,";

    private final PlacementSnapshot snapshot;
    private final long gpus;

    private RecordedPods(PlacementSnapshot snapshot) {
        this.snapshot = snapshot;
        this.gpus = snapshot.hosts().stream()
                .mapToLong(host -> host.total().of("gpu"))
                .sum();
    }

    /** True if a file has the pods of the trace. */
    public static boolean isOf(Path file) {
        List<String> lines = lines(file, 1);
        return !lines.isEmpty() && lines.get(0).startsWith(HEAD);
    }

    /**
     * The trace.
     *
     * @param pods the file with the pods
     * @throws BenchException if a file cannot be read
     */
    public static RecordedPods read(Path pods) {
        Path nodes = pods.resolveSibling(pods.getFileName().toString().replace("pods", "nodes"));
        try {
            List<Host> hosts = new ArrayList<>();
            for (String line : rows(nodes)) {
                String[] fields = line.split(",", -1);
                hosts.add(PlacementPools.host(fields[0], amounts(fields, 1_000 * Long.parseLong(fields[3]))));
            }
            List<Offer> offers = new ArrayList<>();
            for (String line : rows(pods)) {
                String[] fields = line.split(",", -1);
                long gpu = Long.parseLong(fields[3]) * Long.parseLong(fields[4]);
                Requirement requirement = Requirement.of(amounts(fields, gpu));
                offers.add(PlacementPools.offer(offers.size(), requirement, 1, false, -1));
            }
            return new RecordedPods(PlacementPools.of(hosts, offers));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new BenchException(pods + " or " + nodes + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, Long> amounts(String[] fields, long gpu) {
        return Map.of("cpu", Long.valueOf(fields[1]), "memory", Long.valueOf(fields[2]), "gpu", gpu);
    }

    private static List<String> rows(Path file) {
        List<String> lines = lines(file, Integer.MAX_VALUE);
        return lines.subList(1, lines.size());
    }

    private static List<String> lines(Path file, int most) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().limit(most).toList();
        } catch (IOException e) {
            throw new BenchException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The part of all GPUs, in percent, that is allocated by the shipped strategy when the first pod has no place. */
    public double allocated() {
        return allocated(BestFit.DEFAULT);
    }

    /** The same by plain best fit. */
    public double allocatedByPlainBestFit() {
        return allocated(new PlainBestFit());
    }

    /** The same if each pod goes to any node that has room. */
    public double allocatedAtRandom(long seed) {
        return allocated(new RandomFit(seed));
    }

    private double allocated(PlacementStrategy strategy) {
        Plan plan = Planner.plan(snapshot, PlacementPolicy.DEFAULT.with(strategy));
        long first = plan.blocked().isEmpty()
                ? Long.MAX_VALUE
                : plan.blocked().get(0).offer().order();
        long allocated = plan.placings().stream()
                .map(Placing::offer)
                .filter(offer -> offer.order() < first)
                .mapToLong(offer -> offer.requirement().needs().of("gpu"))
                .sum();
        return 100.0 * allocated / gpus;
    }

    public int pods() {
        return snapshot.offers().size();
    }

    public int nodes() {
        return snapshot.hosts().size();
    }
}
