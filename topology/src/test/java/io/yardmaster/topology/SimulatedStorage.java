package io.yardmaster.topology;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.TraceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** A storage that repeats events, retries tasks, ends jobs, restarts, and now and then sends nonsense. */
final class SimulatedStorage {
    private record Sent(int shard, int input, SpecificRecord event) {}

    private static final int READY = 0;
    private static final int COMMIT = 1;
    private static final int CLEANUP = 2;
    private static final long WRONG_GROUP = 99;
    static final int GROUPS = 3;

    private final Random random;
    private final SimulatedBroker broker;
    private final int jobs;
    private final List<Sent> sent = new ArrayList<>();
    private long session = 1;
    /** In this session: tasks by their highest attempt, and every attempt that must be dispatched. */
    private final Map<Long, Map<Integer, Integer>> attempts = new HashMap<>();

    private final Set<String> due = new HashSet<>();
    private final Set<Long> committing = new HashSet<>();
    private final Set<Long> cleaning = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();

    SimulatedStorage(Random random, SimulatedBroker broker) {
        this.random = random;
        this.broker = broker;
        this.jobs = 1 + random.nextInt(9);
    }

    long session() {
        return session;
    }

    /** The name of an assignment in {@link #due}. */
    static String name(long job, Object kind, int index, int attempt) {
        return "job " + job + " " + kind + " " + index + "#" + attempt;
    }

    /** The record of the event as a consumer reads it from its lane. */
    static Record<Long, SpecificRecord> record(SpecificRecord event, long time) {
        Headers headers = new RecordHeaders();
        traceOf(event).ifPresent(trace -> trace.addTo(headers));
        return new Record<>(jobOf(event), event, time, headers);
    }

    private static long jobOf(SpecificRecord event) {
        if (event instanceof TaskReady ready) {
            return ready.getJobId();
        }
        if (event instanceof CommitReady commit) {
            return commit.getJobId();
        }
        return event instanceof CleanupReady cleanup ? cleanup.getJobId() : SimulatedGraphs.jobOf(event);
    }

    /** Trace headers of an event: some have none, and a repeat has the same. */
    private static Optional<TraceContext> traceOf(SpecificRecord event) {
        int hash = event.hashCode();
        return hash % 3 == 0
                ? Optional.empty()
                : Optional.of(new TraceContext(hash, hash, 1, (byte) 1, hash % 2 == 0 ? "a=1" : ""));
    }

    /** The tasks that must be dispatched in the newest session, exactly once. */
    Set<String> due() {
        Set<String> all = new HashSet<>(due);
        all.removeIf(name -> isFinalized(Long.parseLong(name.split(" ", -1)[1])));
        for (long job : committing) {
            if (!cleaning.contains(job) && !ended.contains(job)) {
                all.add(name(job, "COMMIT", -1, 0));
            }
        }
        for (long job : cleaning) {
            if (!ended.contains(job)) {
                all.add(name(job, "CLEANUP", -1, 0));
            }
        }
        return all;
    }

    /** True if the task was made ready in the newest session. */
    boolean hasSent(String name) {
        return due.contains(name);
    }

    private boolean isFinalized(long job) {
        return committing.contains(job) || cleaning.contains(job) || ended.contains(job);
    }

    String send() {
        long job = random.nextInt(jobs);
        int dice = random.nextInt(1_000);
        if (dice < 700) {
            return ready(job, session, indices(), 0);
        } else if (dice < 780) {
            return repeat();
        } else if (dice < 840 && attempts.containsKey(job)) {
            return retry(job);
        } else if (dice < 880) {
            committing.add(job);
            return put(COMMIT, job, new CommitReady(group(job), job, session));
        } else if (dice < 900) {
            cleaning.add(job);
            return put(CLEANUP, job, new CleanupReady(group(job), job, session, true));
        } else if (dice < 920) {
            ended.add(job);
            return put(CLEANUP, job, new CleanupReady(group(job), job, session, false));
        } else if (dice < 950) {
            return put(READY, job, new TaskReady(group(job), job, session - 1, indices(), 0));
        } else if (dice < 970) {
            return put(READY, job, new TaskReady(group(job), job, session, List.of(1, -1), 0));
        } else if (dice < 985 && attempts.containsKey(job)) {
            return put(READY, job, new TaskReady(WRONG_GROUP, job, session, indices(), 0));
        } else if (dice > 990) {
            return begin();
        }
        return ready(job, session, indices(), 0);
    }

    private String begin() {
        session += 1 + random.nextInt(2);
        attempts.clear();
        due.clear();
        committing.clear();
        cleaning.clear();
        ended.clear();
        return ready(random.nextInt(jobs), session, indices(), 0);
    }

    private String retry(long job) {
        List<Integer> known = List.copyOf(attempts.get(job).keySet());
        int index = known.get(random.nextInt(known.size()));
        return ready(job, session, List.of(index), attempts.get(job).get(index) + random.nextInt(3));
    }

    private String repeat() {
        if (sent.isEmpty()) {
            return "nothing to repeat";
        }
        Sent again = sent.get(random.nextInt(sent.size()));
        broker.send(again.shard(), again.input(), again.event());
        return "again " + again.event();
    }

    private String ready(long job, long ofSession, List<Integer> indices, int attempt) {
        Map<Integer, Integer> known = attempts.computeIfAbsent(job, j -> new HashMap<>());
        for (int index : indices) {
            if (attempt > known.getOrDefault(index, -1)) {
                known.put(index, attempt);
                due.add(name(job, "TASK", index, attempt));
            }
        }
        return put(READY, job, new TaskReady(group(job), job, ofSession, indices, attempt));
    }

    private List<Integer> indices() {
        if (random.nextInt(3) > 0) {
            int first = random.nextInt(20);
            return IntStream.range(first, first + 1 + random.nextInt(6)).boxed().toList();
        }
        return random.ints(1 + random.nextInt(3), 0, 30).boxed().toList();
    }

    private String put(int input, long job, SpecificRecord event) {
        int shard = JobPartition.of(job, broker.shards());
        sent.add(new Sent(shard, input, event));
        broker.send(shard, input, event);
        return event.toString();
    }

    private static long group(long job) {
        return job % GROUPS;
    }
}
