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

    private record Out(long jobId, TaskKind kind, int task, int attempt) {}

    private static final class History {
        private final Random random;
        private final double failRate;
        private final Map<Long, SubmittedJob> jobs = new HashMap<>();
        private final StoragePlayer player;
        private final Set<Out> said = new HashSet<>();
        private final List<Out> open = new ArrayList<>();
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
                Out out = open.remove(random.nextInt(open.size()));
                boolean fails = out.kind == TaskKind.TASK && random.nextDouble() < failRate;
                if (!fails && out.kind == TaskKind.TASK) {
                    done.get(out.jobId).add(out.task);
                }
                take(fails ? player.failed(out.jobId, out.kind, out.task, out.attempt) : complete(out));
                if (random.nextInt(5) == 0) {
                    assertThat(complete(out)).as("reported again").isEmpty();
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

        private List<StorageEvent<?>> complete(Out out) {
            return player.completed(out.jobId, out.kind, out.task, out.attempt);
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
                        say(new Out(job.id(), TaskKind.TASK, task, ready.getAttempt()));
                    });
                } else {
                    over.add(job.id());
                    TaskKind kind = event.topic().equals(Topic.COMMIT) ? TaskKind.COMMIT : TaskKind.CLEANUP;
                    say(new Out(job.id(), kind, -1, 0));
                }
            }
        }

        private void say(Out out) {
            assertThat(said.add(out)).as("said once: " + out).isTrue();
            assertThat(out.attempt).isLessThan(ATTEMPTS);
            open.add(out);
        }
    }
}
