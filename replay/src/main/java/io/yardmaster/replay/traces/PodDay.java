package io.yardmaster.replay.traces;

import io.yardmaster.core.values.GraphStage;
import io.yardmaster.replay.CountText;
import io.yardmaster.replay.Day;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.TimedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pods of Alibaba's GPU trace of 2023 as a day.
 *
 * <ul>
 *   <li>A pod is a job of one task, which comes at its {@code creation_time} and takes from {@code scheduled_time} to
 *       {@code deletion_time}. One that got no place never ran and is left out. Failed ones take as long as they did.
 *   <li>Its resource group is its class of service: group 1 is the first of {@link PodTrace#SERVICES}.
 *   <li>It asks its host for {@code gpu}, GPUs of which it has all or a part, {@code gpu_milli}, thousandths of GPUs, {@code cpu_milli} and
 *       {@code memory_mib}. Those of which a policy has a limit are units of the limit; a modelled fleet has no hosts for the others.
 *   <li>Pods that ask for the same are of one kind of work.
 * </ul>
 */
public final class PodDay implements Day {
    private final Path file;
    private final PodTrace pods;
    private final JobNumbers jobs;
    private long neverRan;
    private long neverEnded;

    /** Opens a file. */
    public PodDay(Path file, JobNumbers jobs) {
        this.file = file;
        this.pods = new PodTrace(file);
        this.jobs = jobs;
    }

    @Override
    public Optional<TimedEvent> next() {
        Optional<TracePod> pod = pods.next();
        while (pod.isPresent() && pod.get().scheduledAt() < 0) {
            neverRan++;
            pod = pods.next();
        }
        return pod.map(this::event);
    }

    private TimedEvent event(TracePod pod) {
        neverEnded += pod.deletedAt() < 0 ? 1 : 0;
        Map<String, Long> amounts = new TreeMap<>();
        put(amounts, "gpu", pod.gpus());
        put(amounts, "gpu_milli", pod.gpuMilli());
        put(amounts, "cpu_milli", pod.cpuMilli());
        put(amounts, "memory_mib", pod.memoryMib());
        GraphStage stage = TraceEvents.onHost("pod", amounts);
        RecordedWork work =
                new StageRuns(1).add(1, pod.runtime(), pod.createdAt(), pod.scheduledAt(), amounts.toString());
        long group = 1L + PodTrace.SERVICES.indexOf(pod.service());
        return TraceEvents.submitted(pod.createdAt(), jobs.next(), group, List.of(stage), work);
    }

    private static void put(Map<String, Long> amounts, String resource, long amount) {
        if (amount > 0) {
            amounts.put(resource, amount);
        }
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (neverRan > 0) {
            notes.add("%s: left out: %s that got no place".formatted(file, CountText.of(neverRan, "pod")));
        }
        if (neverEnded > 0) {
            notes.add("%s: %s had not ended, so the durations there are not known"
                    .formatted(file, CountText.of(neverEnded, "pod")));
        }
        return notes;
    }

    @Override
    public void close() {
        pods.close();
    }
}
