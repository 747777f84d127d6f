package io.yardmaster.core;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A history whose first part was played to a scheduler with state of layout 1, which wrote {@code layout-1.txt}. That state has
 * pages of both kinds, two attempts in them, and queues from whose middle jobs have left.
 */
final class OldHistory {
    static final Policy POLICY =
            new Policy(8, 1, 1, Duration.ofMinutes(20), Duration.ofMinutes(40), Fairness.RESOURCE_GROUP);

    private static final long SESSION = 5;
    private static final long BEGIN = 1_700_000_000_000L;
    private static final int SCATTERED = 20_000;

    private OldHistory() {}

    private static void ready(Subject subject, long job, int attempt, int... indices) {
        String trace = job % 4 == 0 ? "trace " + job : null;
        subject.ready(job % 3, job, SESSION, indices, attempt, BEGIN, trace);
    }

    private static void end(Subject subject, long job, boolean hasTask) {
        subject.cleanup(job % 3, job, SESSION, hasTask, BEGIN, null);
    }

    private static int[] scattered(Random random, int many) {
        return IntStream.range(0, many).map(i -> random.nextInt(SCATTERED)).toArray();
    }

    static void first(Subject subject) {
        Random random = new Random(99);
        for (int event = 0; event < 60; event++) {
            ready(subject, 1, event % 3 == 2 ? 1 : 0, scattered(random, 30));
            subject.tick(BEGIN, event % 3);
        }
        ready(subject, 2, 0, IntStream.range(0, 50).toArray());
        ready(subject, 2, 1, 3, 7, 9);
        ready(subject, 2, 5, 7);
        for (long job = 10; job < 80; job++) {
            ready(subject, job, 0, 0, 1, 2);
        }
        subject.tick(BEGIN, 30);
        for (long job = 20; job < 60; job++) {
            end(subject, job, false);
        }
        for (long job = 100; job < 130; job++) {
            subject.commit(job % 3, job, SESSION, BEGIN, null);
        }
        for (long job = 105; job < 125; job++) {
            end(subject, job, false);
        }
        for (long job = 61; job < 65; job++) {
            end(subject, job, true);
        }
        subject.tick(BEGIN + 5, 20);
    }

    static void second(Subject subject) {
        Random random = new Random(98);
        for (int event = 0; event < 60; event++) {
            ready(subject, 1, event % 3, scattered(random, 30));
            subject.tick(BEGIN + 10, event % 2);
        }
        ready(subject, 2, 3, 7);
        ready(subject, 2, 6, 7, 8);
        end(subject, 79, false);
        end(subject, 66, false);
        end(subject, 67, true);
        subject.commit(0, 126, SESSION, BEGIN, null);
        end(subject, 126, false);
        subject.commit(1, 70, SESSION, BEGIN, null);
        subject.tick(BEGIN + 15, 500);
        for (long job = 200; job < 230; job++) {
            ready(subject, job, 0, 0, 1);
        }
        end(subject, 210, false);
        subject.commit(1, 1, SESSION, BEGIN, null);
        subject.tick(BEGIN + 20, 100_000);
        for (long second = 1; second < 100 * 60; second += 10) {
            subject.tick(BEGIN + 1_000 * second, 10);
            if (second == 30 * 60 + 1) {
                ready(subject, 1, 0, scattered(new Random(99), 300));
            }
        }
    }
}
