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
import io.yardmaster.replay.traces.PodTrace;
import io.yardmaster.replay.traces.TraceFile;
import io.yardmaster.replay.traces.TracePod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pods and nodes of Alibaba's GPU trace of 2023, from two CSV files beside each other, of which one has {@code pods} in its
 * name where the other has {@code nodes}. A node's GPUs are one amount, in thousandths, so a pod may get parts of several.
 */
public final class RecordedPods {
    private static final long WHOLE_GPU = 1_000;

    private final PlacementSnapshot snapshot;
    private final long gpus;

    private RecordedPods(PlacementSnapshot snapshot) {
        this.snapshot = snapshot;
        this.gpus = snapshot.hosts().stream()
                .mapToLong(host -> host.total().of("gpu"))
                .sum();
    }

    /**
     * The trace.
     *
     * @param pods the file with the pods
     * @throws BenchException if the nodes cannot be read
     * @throws io.yardmaster.replay.InvalidDayException if the pods cannot be read
     */
    public static RecordedPods read(Path pods) {
        return new RecordedPods(PlacementPools.of(
                hosts(pods.resolveSibling(pods.getFileName().toString().replace("pods", "nodes"))), offers(pods)));
    }

    private static List<Offer> offers(Path file) {
        List<Offer> offers = new ArrayList<>();
        try (PodTrace trace = new PodTrace(file)) {
            for (Optional<TracePod> next = trace.next(); next.isPresent(); next = trace.next()) {
                TracePod pod = next.get();
                Requirement requirement = Requirement.of(amounts(pod.cpuMilli(), pod.memoryMib(), pod.gpuMilli()));
                offers.add(PlacementPools.offer(offers.size(), requirement, 1, false, -1));
            }
        }
        return offers;
    }

    /** The nodes, of each line: sn, cpu_milli, memory_mib, gpu. */
    private static List<Host> hosts(Path file) {
        List<Host> hosts = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(TraceFile.open(file), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",", -1);
                hosts.add(PlacementPools.host(
                        fields[0],
                        amounts(
                                Long.parseLong(fields[1]),
                                Long.parseLong(fields[2]),
                                WHOLE_GPU * Long.parseLong(fields[3]))));
            }
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new BenchException(file + " cannot be read: " + e.getMessage(), e);
        }
        return hosts;
    }

    private static Map<String, Long> amounts(long cpu, long memory, long gpu) {
        return Map.of("cpu", cpu, "memory", memory, "gpu", gpu);
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
