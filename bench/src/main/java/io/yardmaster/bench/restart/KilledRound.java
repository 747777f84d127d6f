package io.yardmaster.bench.restart;

import io.yardmaster.bench.contestants.SchedulerJvm;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.load.ScatteredEvents;
import io.yardmaster.bench.load.WorkloadSender;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.runs.Background;
import io.yardmaster.bench.runs.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;

/**
 * Has one instance take in all events until nothing more fits into the dispatch window, kills it, takes all assignments out of
 * the window, and starts it again on the state directory that the kill left.
 */
final class KilledRound {
    private static final int LINGER_MILLIS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String ALL_FILES = "";

    private final String bootstrapServers;
    private final Admin admin;
    private final Path work;
    private final Path output;
    private final ScatteredEvents events;

    KilledRound(String bootstrapServers, Admin admin, Path work, Path output, ScatteredEvents events) {
        this.bootstrapServers = bootstrapServers;
        this.admin = admin;
        this.work = work;
        this.output = output;
        this.events = events;
    }

    KilledRestart run(String name, Map<String, String> more) {
        Path state = work.resolve(name);
        Path log = output.resolve("restart-" + name + ".log");
        AtomicReference<ChildJvm> instance = new AtomicReference<>();
        try (BenchTopics topics = new BenchTopics(admin, name, 1);
                WorkloadSender sender = WorkloadSender.visible(bootstrapServers, topics.ready(), LINGER_MILLIS);
                Drain fleet = new Drain(bootstrapServers, topics.dispatch(), topics.group())) {
            sender.sendAll(events.events(), events.inOrder());
            Map<String, String> settings = SchedulerJvm.settings(bootstrapServers, topics);
            settings.putAll(more);
            instance.set(SchedulerJvm.start(state, log, settings));
            long begun = System.nanoTime();
            topics.awaitTakenIn(events.events(), PATIENCE);
            double eventsPerSecond = events.events() / seconds(begun, System.nanoTime());
            fleet.awaitStandstill();
            instance.get().kill();
            double stateBytes = StateDirectory.bytes(state, ALL_FILES);
            fleet.takeAll();
            long start = System.nanoTime();
            AtomicLong restored = new AtomicLong();
            Background starting = Background.start("starter", () -> {
                instance.set(SchedulerJvm.start(state, log, settings));
                restored.set(System.nanoTime());
            });
            long first;
            try {
                first = fleet.takeUntil(fleet.taken() + 1, PATIENCE);
            } finally {
                starting.join();
            }
            return new KilledRestart(
                    eventsPerSecond, stateBytes, seconds(start, restored.get()), seconds(start, first));
        } finally {
            if (instance.get() != null) {
                instance.get().kill();
            }
            StateDirectory.delete(state);
        }
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
