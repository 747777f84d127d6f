package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.outcomes.AwaitedRun;
import io.yardmaster.core.outcomes.AwaitedTasks;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.topology.window.ReadPositions;
import io.yardmaster.topology.window.ShardWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/**
 * Has the tasks of graphs count as succeeded that execution managers have committed and not reported (O3). An execution manager writes its
 * outcomes before it commits. So once the group's offset is seen behind an assignment, its outcome lies before the end that the topic of outcomes
 * has then, or there is none; and there is none if the shard has read up to there and not counted it. It may also have passed an
 * assignment because it has heard of a newer session, and done nothing; then the topic of sessions has that one by then, and when the shard
 * has read it the assignment is void. Somebody reports the tasks of {@link MisreportedJobs}: these are passed over.
 *
 * <pre>
 *   look which of the awaited tasks the group has committed
 *     -&gt; ask where outcomes and sessions end -&gt; ask, until they are read up to there -&gt; end those that are still out
 * </pre>
 */
final class UnreportedDesk {
    private static final int RECORDS_PER_TICK = 4;
    private static final int MOST_FOUND = 2_048;
    private static final int ENDED_PER_TICK = 256;
    private static final long INTERVAL_MS = 20;
    /** Between two looks if all execution managers seem to report, and after a failure. */
    private static final long LONG_INTERVAL_MS = 1_000;
    /** The time for which the desk remembers that someone does not report. */
    private static final long SILENCE_MS = 60_000;

    private static final long NONE = -1;

    private final int shard;
    private final AssignmentIds ids;
    private final Scheduler scheduler;
    private final ShardPools pools;
    private final MisreportedJobs misreported;
    private final TickRecorder ticks;
    private final BiConsumer<Decision, String> decisions;

    private boolean isSomeoneReporting;
    private long silentAt = Long.MIN_VALUE / 2;
    private long notBefore = Long.MIN_VALUE / 2;
    private long seenTakings = NONE;
    /** The number of the assignment from which the look under way goes on. */
    private long from = NONE;
    /** When the look under way began. */
    private long additions;

    private Step step = Step.LOOK;
    /** The numbers of the assignments that the look has found, ascending. */
    private final List<Long> found = new ArrayList<>();
    /** The pools of those that are not of the default one. */
    private final Map<Long, String> poolsOfFound = new HashMap<>();

    private CompletableFuture<Map<TopicPartition, Long>> answer = new CompletableFuture<>();
    private Map<TopicPartition, Long> written = Map.of();

    private enum Step {
        LOOK,
        AWAIT_WRITTEN,
        AWAIT_READ,
        END
    }

    /**
     * Makes a desk.
     *
     * @param ticks sees what the scheduler is asked
     * @param decisions takes what follows, and the pool of a task that has ended by it
     */
    UnreportedDesk(
            int shard,
            AssignmentIds ids,
            Scheduler scheduler,
            ShardPools pools,
            MisreportedJobs misreported,
            TickRecorder ticks,
            BiConsumer<Decision, String> decisions) {
        this.shard = shard;
        this.ids = ids;
        this.scheduler = scheduler;
        this.pools = pools;
        this.misreported = misreported;
        this.ticks = ticks;
        this.decisions = decisions;
    }

    /** Someone reports. */
    void outcomeCame() {
        isSomeoneReporting = true;
    }

    /** @param now milliseconds of a clock that only goes forward */
    void tick(long now) {
        misreported.store();
        switch (step) {
            case LOOK -> look(now);
            case AWAIT_WRITTEN -> {
                if (isAnswered(now)) {
                    written = answer.join();
                    step = Step.AWAIT_READ;
                    ask(ReadPositions::read);
                }
            }
            case AWAIT_READ -> {
                if (now >= notBefore && isAnswered(now)) {
                    if (isRead(answer.join())) {
                        step = Step.END;
                        end(now);
                    } else {
                        notBefore = now + INTERVAL_MS;
                        ask(ReadPositions::read);
                    }
                }
            }
            case END -> end(now);
        }
    }

    private void look(long now) {
        if (from == NONE) {
            if (now < notBefore || (pools.takings() == seenTakings && now < notBefore + LONG_INTERVAL_MS)) {
                return;
            }
            seenTakings = pools.takings();
            additions = misreported.additions();
            from = 0;
        }
        for (int records = 0; records < RECORDS_PER_TICK && from != NONE && found.size() < MOST_FOUND; records++) {
            AwaitedTasks.Left left = scheduler.awaited().from(from);
            from = left == null ? NONE : left.last() + 1;
            if (left != null) {
                find(left.runs());
            }
        }
        if (!found.isEmpty() && (from == NONE || found.size() >= MOST_FOUND)) {
            step = Step.AWAIT_WRITTEN;
            ask(ReadPositions::written);
        } else if (from == NONE) {
            rest(now);
        }
    }

    private void find(List<AwaitedRun> runs) {
        Map<String, List<AwaitedRun>> byPool = new HashMap<>();
        runs.stream().filter(run -> !misreported.contains(run.job())).forEach(run -> byPool.computeIfAbsent(
                        run.pool(), first -> new ArrayList<>())
                .add(run));
        List<Long> taken = new ArrayList<>();
        byPool.forEach((pool, some) -> {
            ShardWindow window = pools.obtain(pool);
            if (window != null && window.isTakenHandled()) {
                // A host is in no group.
                long[] ofGroup = some.stream()
                        .flatMapToLong(run -> LongStream.range(run.id(), run.end()))
                        .filter(number -> !pools.isPlaced(pool, number))
                        .map(number -> ids.of(shard, number))
                        .toArray();
                LongStream.of(window.taken(ofGroup))
                        .map(id -> ids.numberOf(shard, id))
                        .forEach(number -> {
                            taken.add(number);
                            if (!pool.isEmpty()) {
                                poolsOfFound.put(number, pool);
                            }
                        });
            }
        });
        taken.sort(null);
        found.addAll(taken);
    }

    private void rest(long now) {
        misreported.look();
        if (found.isEmpty()) {
            poolsOfFound.clear();
        }
        from = NONE;
        step = Step.LOOK;
        boolean isSilent = !isSomeoneReporting || now - silentAt < SILENCE_MS;
        notBefore = now + (isSilent ? INTERVAL_MS : LONG_INTERVAL_MS);
    }

    private void ask(ShardQuestion question) {
        answer = question.of(pools.readPositions(), shard).toCompletableFuture();
    }

    private boolean isRead(Map<TopicPartition, Long> read) {
        return written.entrySet().stream().allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private boolean isAnswered(long now) {
        if (answer.isCompletedExceptionally()) {
            found.clear();
            rest(now);
            notBefore = now + LONG_INTERVAL_MS;
            return false;
        }
        return answer.isDone();
    }

    private void end(long now) {
        if (misreported.additions() != additions) {
            // One of those that were found may be of a job that was added since.
            found.clear();
            rest(now);
            return;
        }
        List<Long> some = found.subList(0, Math.min(ENDED_PER_TICK, found.size()));
        long[] unreported = some.stream()
                .mapToLong(Long::longValue)
                .filter(number -> !scheduler.hasEnded(number))
                .toArray();
        some.clear();
        if (unreported.length > 0) {
            silentAt = now;
            ticks.unreported(unreported);
            scheduler.apply(new Event.AssignmentsUnreported(unreported)).forEach(this::carryOut);
        }
        if (found.isEmpty()) {
            step = Step.LOOK;
            if (from == NONE) {
                rest(now);
            }
        }
    }

    private void carryOut(Decision decision) {
        boolean isEnd = decision instanceof Decision.Ended;
        String pool = isEnd
                ? poolsOfFound.remove(((Decision.Ended) decision).assignment().id())
                : null;
        decisions.accept(decision, pool == null ? "" : pool);
    }

    @FunctionalInterface
    private interface ShardQuestion {
        CompletionStage<Map<TopicPartition, Long>> of(ReadPositions asked, int shard);
    }
}
