package io.yardmaster.topology;

import io.yardmaster.schemas.CommandLimits;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostLimits;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.OfferEnd;
import io.yardmaster.schemas.OfferKind;
import io.yardmaster.schemas.OutcomeLimits;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Random commands, outcomes, heartbeats and offers, about half of which are mutated; many others keep no limit. */
final class MutatedMessages {
    static final String POOL = "gpu";

    private static final List<Topic<?>> TOPICS = List.of(Topic.COMMANDS, Topic.OUTCOMES, Topic.HOSTS, Topic.OFFERS);

    private final Random random;
    private final MutatedEvents events;

    /** @param registry settings of the registry in which the schemas are registered */
    MutatedMessages(long seed, Map<String, String> registry) {
        this.random = new Random(seed);
        this.events = new MutatedEvents(seed, registry);
    }

    /** @param made some assignments, of which outcomes and offers tell */
    MutatedEvents.Mutated next(List<TaskAssignment> made) {
        Topic<?> topic = TOPICS.get(random.nextInt(TOPICS.size()));
        TaskAssignment of = made.isEmpty() ? null : made.get(random.nextInt(made.size()));
        long job = of == null || random.nextInt(4) == 0 ? random.nextInt(20) : of.getJobId();
        boolean isOfPool = topic.equals(Topic.HOSTS) || topic.equals(Topic.OFFERS);
        byte[] key = isOfPool
                ? POOL.getBytes(StandardCharsets.UTF_8)
                : ByteBuffer.allocate(8).putLong(job).array();
        byte[] value = message(topic, job, of);
        for (int mutations = Math.max(0, random.nextInt(6) - 2); mutations > 0; mutations--) {
            if (random.nextInt(8) == 0) {
                key = random.nextInt(4) == 0 ? null : events.mutated(key);
            } else {
                value = random.nextInt(40) == 0 ? null : events.mutated(value);
            }
        }
        return new MutatedEvents.Mutated(topic, key, value);
    }

    private byte[] message(Topic<?> topic, long job, TaskAssignment of) {
        if (topic.equals(Topic.COMMANDS)) {
            return events.bytes(Topic.COMMANDS, command(job));
        }
        if (topic.equals(Topic.OUTCOMES)) {
            return events.bytes(Topic.OUTCOMES, outcome(job, of));
        }
        if (topic.equals(Topic.HOSTS)) {
            return events.bytes(Topic.HOSTS, host());
        }
        return events.bytes(Topic.OFFERS, offer(job, of));
    }

    private JobCommand command(long job) {
        CommandType type = one(CommandType.values());
        boolean isPriority = type == CommandType.SET_PRIORITY || random.nextInt(9) == 0;
        return new JobCommand(
                job,
                random.nextInt(4) == 0 ? session() : -1L,
                type,
                text(CommandLimits.REASON),
                text(CommandLimits.BY),
                isPriority ? (int) events.number() : 0);
    }

    private TaskOutcome outcome(long job, TaskAssignment of) {
        if (of != null && of.getJobId() == job && random.nextInt(5) > 0) {
            return SchedulerDriver.outcomeOf(of, one(TaskResult.values()), text(OutcomeLimits.REASON));
        }
        return new TaskOutcome(
                events.number(),
                random.nextBoolean() ? SchedulerDriver.GROUP : events.number(),
                job,
                session(),
                one(TaskKind.values()),
                (int) events.number(),
                random.nextInt(3),
                one(TaskResult.values()),
                text(OutcomeLimits.REASON),
                Instant.ofEpochMilli(events.number()),
                Instant.ofEpochMilli(events.number()),
                text(OutcomeLimits.WORKER));
    }

    private Host host() {
        return new Host(
                random.nextInt(30) == 0 ? "" : POOL,
                random.nextInt(30) == 0 ? text(HostLimits.LABEL) : "h" + random.nextInt(9),
                events.number(),
                random.nextInt(8) == 0 ? amounts(HostLimits.ENTRIES) : Map.of("cpu", (long) random.nextInt(50)),
                labels(HostLimits.ENTRIES),
                random.nextInt(20) == 0 ? (int) events.number() : random.nextInt(3),
                random.nextInt(9) == 0 ? Instant.ofEpochMilli(events.number()) : Instant.EPOCH);
    }

    /** As a stranger may write it, since only the scheduler should. */
    private Offer offer(long job, TaskAssignment of) {
        OfferKind kind = one(OfferKind.values());
        int tasks = random.nextInt(20) == 0 ? 1_001 : random.nextInt(4);
        return Offer.newBuilder()
                .setPool(random.nextInt(30) == 0 ? "" : POOL)
                .setKind(kind)
                .setJobId(job)
                .setSessionId(session())
                .setResourceGroupId(SchedulerDriver.GROUP)
                .setStage(random.nextInt(3) - 1)
                .setFirstTask((int) events.number())
                .setAttempt(random.nextInt(3))
                .setAssignmentIds(IntStream.range(0, tasks)
                        .mapToObj(task -> random.nextInt(9) == 0 ? events.number() : (1L << 40) + task)
                        .toList())
                .setTasks((int) events.number())
                .setGang(random.nextInt(4) == 0)
                .setNeeds(random.nextInt(8) == 0 ? amounts(9) : Map.of("cpu", (long) random.nextInt(5)))
                .setLabels(labels(17))
                .setPriority((int) events.number())
                .setExpectedMs(events.number())
                .setPreemptible(random.nextBoolean())
                .setReadyAt(Instant.ofEpochMilli(events.number()))
                .setTimeoutMs(events.number())
                .setPayload(ByteBuffer.wrap(new byte[random.nextInt(20)]))
                .setReason(text(CommandLimits.REASON))
                .setEnds(IntStream.range(0, random.nextInt(3))
                        .mapToObj(end -> of == null || random.nextInt(3) == 0
                                ? new OfferEnd(job, (int) events.number(), 0, events.number(), random.nextBoolean())
                                : new OfferEnd(
                                        of.getJobId(),
                                        of.getTaskIndex(),
                                        of.getAttempt(),
                                        of.getAssignmentId(),
                                        random.nextBoolean()))
                        .toList())
                .build();
    }

    private long session() {
        return random.nextInt(300) == 0 ? random.nextInt(4) : 0;
    }

    private Map<String, Long> amounts(int most) {
        Map<String, Long> amounts = new TreeMap<>();
        IntStream.range(0, random.nextInt(most + 2)).forEach(each -> amounts.put("r" + each, events.number()));
        return amounts;
    }

    private Map<String, String> labels(int most) {
        Map<String, String> labels = new TreeMap<>();
        if (random.nextInt(8) == 0) {
            IntStream.range(0, random.nextInt(most + 2))
                    .forEach(each -> labels.put("l" + each, text(HostLimits.LABEL)));
        }
        return labels;
    }

    /** Mostly short, and else about as long as it may be; of characters of one byte, or of three. */
    String text(int most) {
        String character = random.nextBoolean() ? "x" : "€";
        return character.repeat(random.nextInt(6) == 0 ? most - 1 + random.nextInt(3) : random.nextInt(9));
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }
}
