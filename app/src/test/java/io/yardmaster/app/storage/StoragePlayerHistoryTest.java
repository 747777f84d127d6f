package io.yardmaster.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random graphs, random order of reports, some of them failures or repeated; checked against the graph itself. */
class StoragePlayerHistoryTest {
    private static final int ATTEMPTS = 3;

    @Test
    void noTaskIsReadyBeforeItsParentsAreDoneAndEveryJobEnds() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 300; seed++) {
            try {
                new History(seed).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private record Work(long jobId, TaskKind kind, int task, int attempt) {}

    private static final class History {
        private final Random random;
        private final double failRate;
        private final Map<Long, SubmittedJob> jobs = new HashMap<>();
        private final StoragePlayer player;
        private final Set<Work> reported = new HashSet<>();
        private final List<Work> open = new ArrayList<>();
        private final Map<Long, Set<Integer>> done = new HashMap<>();
        private final Set<Long> over = new HashSet<>();

        History(long seed) {
            random = new Random(seed);
            failRate = random.nextBoolean() ? 0 : random.nextDouble() / 2;
            for (long id = 1; id <= 1 + random.nextInt(4); id++) {
                jobs.put(id, new SubmittedJob(id, id % 2, Workflows.random(random)));
                done.put(id, new HashSet<>());
            }
            player = new StoragePlayer(1, ATTEMPTS, List.copyOf(jobs.values()));
        }

        void play() {
            take(player.start());
            while (!open.isEmpty()) {
                Work work = open.remove(random.nextInt(open.size()));
                boolean fails = work.kind == TaskKind.TASK && random.nextDouble() < failRate;
                if (!fails && work.kind == TaskKind.TASK) {
                    done.get(work.jobId).add(work.task);
                }
                take(fails ? player.failed(work.jobId, work.kind, work.task, work.attempt) : complete(work));
                if (random.nextInt(5) == 0) {
                    assertThat(complete(work)).as("reported again").isEmpty();
                }
            }
            assertThat(player.allFinished()).isTrue();
            for (JobProgress job : player.progress()) {
                if (job.state() == JobState.DONE) {
                    assertThat(done.get(job.job().id()))
                            .hasSize(job.job().workflow().tasks().size());
                } else {
                    assertThat(job.state()).isEqualTo(JobState.FAILED);
                    assertThat(failRate).isPositive();
                }
            }
        }

        private List<StorageEvent<?>> complete(Work work) {
            return player.completed(work.jobId, work.kind, work.task, work.attempt);
        }

        private void take(List<StorageEvent<?>> events) {
            for (StorageEvent<?> event : events) {
                SubmittedJob job = jobs.get(event.jobId());
                if (event.value() instanceof TaskReady ready) {
                    assertThat(over).as("jobs that are being finalized").doesNotContain(job.id());
                    assertThat(ready.getTaskIndices()).isSorted().isNotEmpty();
                    ready.getTaskIndices().forEach(task -> {
                        assertThat(done.get(job.id()))
                                .containsAll(job.workflow().tasks().get(task).parents());
                        add(new Work(job.id(), TaskKind.TASK, task, ready.getAttempt()));
                    });
                } else {
                    over.add(job.id());
                    TaskKind kind = event.topic().equals(Topic.COMMIT) ? TaskKind.COMMIT : TaskKind.CLEANUP;
                    add(new Work(job.id(), kind, -1, 0));
                }
            }
        }

        private void add(Work work) {
            assertThat(reported.add(work)).as("reported once: " + work).isTrue();
            assertThat(work.attempt).isLessThan(ATTEMPTS);
            open.add(work);
        }
    }
}
