package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.OfferEnd;
import io.yardmaster.schemas.OfferKind;
import io.yardmaster.schemas.Payload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Hands the tasks of one shard that are to be placed on hosts over to placement, and tells it what becomes of them. Successive tasks of a
 * stage go in one record, and so do all tasks of a gang, and what has ended between two ticks.
 */
final class OfferDesk {
    /** A gang is no larger. */
    private static final int MOST_IN_ONE = PlacementEvents.MOST_IN_GANG;

    private static final int ALL = 0;
    private static final int NO_TASK = -1;
    private static final long NO_JOB = 0;

    private final ProcessorContext<Object, SpecificRecord> context;
    private final ShardPools pools;
    private final Scheduler scheduler;
    private final List<Successive> gathered = new ArrayList<>();
    private final OfferEnds ends;

    /** Tasks that were dispatched one after the other, in the order of their indices. */
    private record Successive(DispatchedTask first, List<Long> ids) {
        boolean isFollowedBy(DispatchedTask next) {
            return next.job() == first.job()
                    && next.taskIndex() == first.taskIndex() + ids.size()
                    && next.attempt() == first.attempt()
                    && next.readyAt() == first.readyAt()
                    && Objects.equals(next.trace(), first.trace())
                    && stage(next).name().equals(stage(first).name())
                    && ids.size() < MOST_IN_ONE;
        }
    }

    OfferDesk(
            ProcessorContext<Object, SpecificRecord> context,
            ShardPools pools,
            Scheduler scheduler,
            KeyValueStore<Bytes, byte[]> state) {
        this.ends = new OfferEnds(state);
        this.context = context;
        this.pools = pools;
        this.scheduler = scheduler;
    }

    private static GraphStage stage(DispatchedTask task) {
        return Objects.requireNonNull(task.stage(), "a task of a pool without a stage");
    }

    /** Takes a task with the id of its assignment, to be written by {@link #flush}. */
    void offer(DispatchedTask task, long id) {
        Successive latest = gathered.isEmpty() ? null : gathered.get(gathered.size() - 1);
        if (latest == null || !latest.isFollowedBy(task)) {
            latest = new Successive(task, new ArrayList<>());
            gathered.add(latest);
        }
        latest.ids().add(id);
    }

    /** Writes the ends and offers that were gathered; must precede all that is written about their tasks. */
    void flush() {
        // A task that a host has refused is offered again behind the end that says so.
        ends.take((pool, each) ->
                write(offer(pool, OfferKind.ENDED, NO_JOB).setEnds(each).build(), new RecordHeaders()));
        for (Successive each : gathered) {
            DispatchedTask first = each.first();
            GraphStage stage = stage(first);
            Offer offer = offer(first.pool(), OfferKind.OFFERED, first.job())
                    .setResourceGroupId(first.group())
                    .setFirstTask(first.taskIndex())
                    .setAttempt(first.attempt())
                    .setAssignmentIds(each.ids())
                    // Tasks of a gang that has started come alone or in parts, and each has a place for itself.
                    .setGang(stage.hosts().gang() && each.ids().size() == stage.tasks())
                    .setNeeds(stage.hosts().amounts())
                    .setLabels(stage.hosts().labels())
                    .setPriority(scheduler.view().priority(first.job()))
                    .setPreemptible(pools.isPreemptible(first.group()))
                    .setExpectedMs(stage.timeout() > 0 ? stage.timeout() : -1)
                    .setReadyAt(Instant.ofEpochMilli(first.readyAt()))
                    .setTimeoutMs(stage.timeout())
                    .setPayload(stage.payload().length == 0 ? Payload.NONE : ByteBuffer.wrap(stage.payload()))
                    .build();
            RecordHeaders headers = new RecordHeaders();
            if (first.trace() != null) {
                PackedTrace.unpack(first.trace()).addTo(headers);
            }
            write(offer, headers);
        }
        gathered.clear();
    }

    /** An assignment has ended that was offered, which {@link #flush} tells placement. */
    void ended(String pool, Event.AssignmentEnded ended, long id) {
        boolean refused = ended.end() == TaskEnd.REFUSED;
        if (ends.add(pool, new OfferEnd(ended.job(), ended.taskIndex(), ended.attempt(), id, refused))) {
            flush();
        }
    }

    /** Keeps the ends that were not written in the state; must precede the end of a transaction. */
    void store() {
        ends.store();
    }

    /** Tasks of a job are not to run any more; all of them if the first index is negative. */
    void killed(long job, int first, int tasks, String reason) {
        withdraw(OfferKind.KILLED, job, first, tasks, reason);
    }

    /** The tasks of a job that wait for a host come back, to wait here. */
    void recalled(long job, String reason) {
        withdraw(OfferKind.RECALLED, job, NO_TASK, ALL, reason);
    }

    private void withdraw(OfferKind kind, long job, int first, int tasks, String reason) {
        for (String pool : pools.placed()) {
            write(offer(pool, kind, job)
                    .setFirstTask(first)
                    .setTasks(first < 0 ? ALL : tasks)
                    .setReason(reason)
                    .build());
        }
    }

    /** The tasks of a job that wait for a host have the priority that it has now. */
    void prioritized(long job) {
        for (String pool : pools.placed()) {
            write(offer(pool, OfferKind.PRIORITIZED, job)
                    .setPriority(scheduler.view().priority(job))
                    .build());
        }
    }

    private Offer.Builder offer(String pool, OfferKind kind, long job) {
        return Offer.newBuilder().setPool(pool).setKind(kind).setJobId(job).setSessionId(scheduler.session());
    }

    private void write(Offer offer) {
        flush();
        write(offer, new RecordHeaders());
    }

    private void write(Offer offer, RecordHeaders headers) {
        context.forward(
                new Record<>(offer.getPool(), offer, context.currentSystemTimeMs(), headers), Names.OFFERS_SINK);
    }
}
