package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * No event makes the scheduler throw, write a value above its bound, or touch more entries than the event has tasks. The
 * histories are bad on purpose: they have values at the ends of their types, and jobs that leave from the middle.
 */
class EventBoundsProperties {
    private static final int ENTRIES_OF_CALL = 60;
    private static final int ENTRIES_OF_TASK = 14;
    /** Older sessions and pages of jobs that have ended are deleted by the thousand. */
    private static final int ENTRIES_OF_TICK = 2_400;

    private static final int ENTRIES_OF_JOB = 30;
    private static final int ACTIVE = 20;

    private HeapStorage storage;
    private DecisionLog log;

    @BeforeTry
    void begin() {
        storage = new HeapStorage();
        log = new DecisionLog();
    }

    private static long extreme(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MIN_VALUE + random.nextInt(3);
            case 1 -> Long.MAX_VALUE - random.nextInt(3);
            case 2 -> random.nextInt(3) - 1;
            case 3 -> random.nextLong();
            default -> 1_700_000_000_000L + random.nextInt(100_000);
        };
    }

    private static int nonNegative(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.MAX_VALUE - random.nextInt(3);
            case 1 -> random.nextInt(Integer.MAX_VALUE);
            default -> random.nextInt(40);
        };
    }

    private static int[] indices(Random random) {
        int many = random.nextInt(8) == 0 ? random.nextInt(3_000) : random.nextInt(12);
        int step = 1 + random.nextInt(3);
        int first = nonNegative(random);
        boolean wild = random.nextBoolean();
        return IntStream.range(0, many)
                .map(i -> wild ? nonNegative(random) : (int) Math.min(Integer.MAX_VALUE, first + (long) step * i))
                .toArray();
    }

    private static String trace(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "\u00ff".repeat(random.nextInt(1_200));
            case 2 -> "x".repeat(1 << random.nextInt(18));
            case 3 -> "trace " + random.nextInt(4);
            default -> null;
        };
    }

    private static long session(Random random, LoggedScheduler scheduler) {
        return switch (random.nextInt(200)) {
            case 0 -> scheduler.session() == Long.MAX_VALUE ? Long.MAX_VALUE : scheduler.session() + 1;
            case 1 -> random.nextInt(10) == 0 ? Long.MAX_VALUE : 0;
            default -> Math.max(0, scheduler.session());
        };
    }

    @Property(tries = 35, shrinking = ShrinkingMode.OFF)
    void anyValueIsTakenWithinBounds(@ForAll long seed, @ForAll Fairness fairness) {
        Random random = new Random(seed);
        Policy policy = new Policy(3, 1, 2, Duration.ofSeconds(9), Duration.ofSeconds(30), fairness);
        LoggedScheduler scheduler = new LoggedScheduler(policy, storage, 0, log);
        List<Long> jobs = IntStream.range(0, 6).mapToObj(i -> extreme(random)).toList();
        for (int step = 0; step < 400; step++) {
            long job = jobs.get(random.nextInt(jobs.size()));
            long group = job % 3;
            int tasks = 1;
            switch (random.nextInt(12)) {
                case 0 -> scheduler.commit(group, job, session(random, scheduler), extreme(random), trace(random));
                case 1 ->
                    scheduler.cleanup(
                            group,
                            job,
                            session(random, scheduler),
                            random.nextBoolean(),
                            extreme(random),
                            trace(random));
                case 2, 3, 4, 5 -> {
                    tasks = random.nextInt(300);
                    scheduler.tick(extreme(random), tasks);
                }
                default -> {
                    int[] indices = indices(random);
                    tasks = indices.length;
                    int attempt = random.nextInt(3) > 0 ? 0 : nonNegative(random);
                    scheduler.ready(
                            group, job, session(random, scheduler), indices, attempt, extreme(random), trace(random));
                }
            }
            if (random.nextInt(3) == 0) {
                scheduler.flush();
                scheduler.view().job(job, 10);
            }
            if (random.nextInt(20) == 0) {
                scheduler.flush();
                storage.takeOperations();
                scheduler = new LoggedScheduler(policy, storage, 0, log);
            }
            assertThat(storage.longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
            assertThat(storage.takeOperations())
                    .as("step %d", step)
                    .isLessThanOrEqualTo(ENTRIES_OF_TICK + (long) ENTRIES_OF_TASK * tasks);
        }
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void everyCallTouchesFewEntriesAlsoIfJobsLeaveFromTheMiddle(@ForAll long seed, @ForAll Fairness fairness) {
        Random random = new Random(seed);
        Policy policy = new Policy(ACTIVE, 1, 1, Duration.ofMinutes(20), Duration.ofMinutes(40), fairness);
        LoggedScheduler scheduler = new LoggedScheduler(policy, storage, 0, log);
        List<Long> jobs = new ArrayList<>();
        long now = 1_700_000_000_000L;
        long latest = 0;
        for (int phase = 0; phase < 12; phase++) {
            for (int more = random.nextInt(4_000); more > 0; more--) {
                jobs.add(++latest);
                scheduler.ready(latest % 5, latest, 0, new int[] {0}, 0, now);
                check(scheduler, ENTRIES_OF_CALL);
            }
            int from = random.nextInt(jobs.size() + 1);
            List<Long> leaving = jobs.subList(from, from + random.nextInt(jobs.size() - from + 1));
            int way = random.nextInt(4);
            for (long job : leaving) {
                if (way < 2) {
                    scheduler.commit(job % 5, job, 0, now, null);
                    check(scheduler, ENTRIES_OF_CALL);
                }
                if (way > 0) {
                    scheduler.cleanup(job % 5, job, 0, way == 1, now, null);
                    check(scheduler, ENTRIES_OF_CALL);
                }
            }
            leaving.clear();
            for (int tick = random.nextInt(8); tick > 0; tick--) {
                now += random.nextInt(3) == 0 ? random.nextInt(300_000) : 5;
                int budget = random.nextInt(50);
                long before = scheduler.finalizingJobs();
                scheduler.tick(now, budget);
                long lifted = Math.max(0, before - scheduler.finalizingJobs());
                assertThat(lifted).isLessThanOrEqualTo(1_000);
                check(scheduler, ENTRIES_OF_TICK + ENTRIES_OF_JOB * (1_000 + budget + ACTIVE));
            }
            storage.takeOperations();
            scheduler = new LoggedScheduler(policy, storage, 0, log);
            check(scheduler, 4 * ACTIVE + 20);
        }
    }

    private void check(LoggedScheduler scheduler, long most) {
        scheduler.flush();
        assertThat(storage.takeOperations()).isLessThanOrEqualTo(most);
    }
}
