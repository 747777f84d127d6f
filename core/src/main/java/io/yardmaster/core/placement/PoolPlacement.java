package io.yardmaster.core.placement;

import io.yardmaster.core.state.Storage;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pools of one partition: takes in heartbeats and offers, has plans made, applies those that still hold, and keeps everything in a
 * {@link Storage}, from which another one goes on after a {@link #flush} (P7). Used by one thread; only plans are made elsewhere.
 */
public final class PoolPlacement {
    /** The number of tasks that may wait in a pool. */
    public static final int MOST_WAITING = 100_000;

    private final PoolState state;
    private final PlacementPolicy policy;
    private final PlacementOutput output;
    private final PlanRunner runner;
    private final TreeMap<String, PoolBook> books = new TreeMap<>();
    private final PoolTurns turns;
    private final WaitingUnits waiting;
    private final StoredStandings standings;
    private final Preemptions preemptions;

    private long session;
    private long nextOrder;
    private boolean ledgerChanged;
    /** The pool of the plan under way. */
    private @Nullable String planned;

    /**
     * Goes on where the last one with this storage has stopped. All hosts are taken for alive: none was heard meanwhile.
     *
     * @param choices about single pools, of which the policy has none
     * @param executor makes plans, on the caller's thread or another
     * @param clock in ms, to time plans with
     * @param now in epoch ms, by a clock that only goes forward
     */
    public PoolPlacement(
            Storage storage,
            PlacementPolicy policy,
            PoolChoices choices,
            Executor executor,
            LongSupplier clock,
            PlacementOutput output,
            long now) {
        this.state = new PoolState(storage);
        this.policy = policy;
        this.output = output;
        this.preemptions = new Preemptions(state, policy, choices, output);
        this.runner = new PlanRunner(this.preemptions::plan, executor, clock);
        long[] ledger = state.ledger();
        session = ledger[0];
        nextOrder = ledger[1];
        state.restore(this::book, now);
        standings = new StoredStandings(state);
        turns = new PoolTurns(standings.all());
        waiting = new WaitingUnits(state, turns, output);
        waiting.restored(books);
    }

    /** The current session; -1 before there is one. */
    public long session() {
        return session;
    }

    private PoolBook book(String pool) {
        return books.computeIfAbsent(pool, name -> new PoolBook(name, this::session));
    }

    /** Returns whether anything is known of a pool. */
    public boolean isKnown(String pool) {
        return books.containsKey(pool);
    }

    /** Takes in a heartbeat, whose {@link Host#at} is the present time. */
    public HeartbeatAnswer heartbeat(Host host, long now) {
        PoolBook book = book(host.pool());
        HeartbeatAnswer answer = book.hosts().heartbeat(host, policy, now);
        if (answer.isRefused()) {
            forgetIfEmpty(book);
            return answer;
        }
        if (answer.kind() != HeartbeatAnswer.Kind.ALIVE) {
            answer.released()
                    .forEach(booking -> lose(book, booking, "host %s has started anew".formatted(host.name())));
            state.put(host.pool(), host);
            waiting.changed(book);
        }
        return answer;
    }

    /** Forgets a host that has neither amounts nor tasks; nothing happens if it has some. */
    public void forget(String pool, String host) {
        PoolBook book = book(pool);
        if (book.hosts().forget(host)) {
            state.deleteHost(pool, host);
        }
        forgetIfEmpty(book);
    }

    /**
     * Takes in tasks that wait for a place, behind all before them. Those of an older session are void; those beyond the most that may wait
     * are given back.
     */
    public void offer(String pool, OfferedUnit unit) {
        beginSession(unit.offer().session());
        if (unit.offer().session() < session) {
            return;
        }
        PoolBook book = book(pool);
        if (book.waiting() + unit.offer().tasks() > MOST_WAITING) {
            waiting.giveBack(book, unit, false, "%s tasks wait in the pool, and no more may".formatted(book.waiting()));
            return;
        }
        for (int place = 0; place < unit.offer().tasks(); place++) {
            // An offer that comes again takes the place of the one before.
            end(book, unit.task(place));
        }
        OfferedUnit ordered = unit.at(nextOrder);
        nextOrder++;
        ledgerChanged = true;
        waiting.add(book, ordered);
    }

    /**
     * The assignment of a task has ended: so does its booking. One that waits does not wait any more, nor does its gang.
     *
     * @param refused whether its host has refused it, which others are preferred to for a while then (O7)
     */
    public void ended(String pool, TaskRef task, long assignment, boolean refused, long now) {
        PoolBook book = book(pool);
        PlacedTask placed = book.placed(task);
        if (refused && placed != null && placed.assignment() == assignment) {
            book.refusals().add(task, placed.booking().host(), now);
        }
        OfferedUnit unit = book.unitOf(task);
        if (placed != null ? placed.assignment() == assignment : unit != null && unit.assignment(task) == assignment) {
            end(book, task);
        }
        forgetIfEmpty(book);
    }

    private void end(PoolBook book, TaskRef task) {
        PlacedTask placed = book.endPlace(task);
        if (placed != null) {
            state.delete(placed);
            waiting.changed(book);
        }
        OfferedUnit unit = book.unitOf(task);
        if (unit != null) {
            waiting.remove(book, unit);
        }
    }

    /**
     * Withdraws tasks of a job that wait, and their gangs with them: their shard gets them back.
     *
     * @param first the lowest index
     * @param tasks the number of successive indices; 0 for all tasks of the job
     * @param killed whether they are not to be offered again
     */
    public void withdraw(String pool, long job, int first, int tasks, boolean killed, String reason) {
        PoolBook book = book(pool);
        waiting.withdraw(book, job, first, tasks, killed, reason);
        forgetIfEmpty(book);
    }

    /** The tasks of a job that wait have another priority from now on. */
    public void prioritize(String pool, long job, int priority) {
        PoolBook book = book(pool);
        waiting.prioritize(book, job, priority);
        forgetIfEmpty(book);
    }

    /** Gives all that waits in a pool back to the shards, which offer it again when the pool takes offers. */
    public void recall(String pool, String reason) {
        PoolBook book = book(pool);
        waiting.recall(book, reason);
        forgetIfEmpty(book);
    }

    /** Returns whether a plan is being made, or waits to be applied. */
    public boolean isPlanning() {
        return runner.state() != PlanRunner.State.IDLE;
    }

    /** The pools in which tasks wait for a place. */
    public List<String> waitingPools() {
        return books.values().stream()
                .filter(book -> book.waiting() > 0)
                .map(PoolBook::pool)
                .toList();
    }

    /** Begins a session if it is newer: all that came under older ones is void. */
    public void beginSession(long newer) {
        if (newer <= session) {
            return;
        }
        session = newer;
        ledgerChanged = true;
        for (PoolBook book : List.copyOf(books.values())) {
            book.units().stream()
                    .filter(unit -> unit.offer().session() < newer)
                    .forEach(unit -> waiting.remove(book, unit));
            for (PlacedTask each : book.placed()) {
                TaskRef task = each.booking().task();
                if (task.session() < newer) {
                    state.delete(book.endPlace(task));
                }
            }
            waiting.changed(book);
        }
    }

    /** Releases hosts that are silent, applies the plan that is ready, and has the next one made. */
    public void tick(long now) {
        List.copyOf(books.values()).forEach(book -> release(book, now));
        runner.take().ifPresent(result -> take(result, now));
        request(now);
        // A runner that plans at once has its result now.
        runner.take().ifPresent(result -> take(result, now));
        store();
    }

    private void release(PoolBook book, long now) {
        List<Booking> lost = book.hosts()
                .release(
                        policy,
                        now,
                        silent -> {
                            state.release(book.pool(), silent.host());
                            if (!silent.hasLeft()) {
                                output.released(book.pool(), silent.host().name());
                            }
                            waiting.changed(book);
                        },
                        forgotten -> state.forget(book.pool(), forgotten));
        long silence = (policy.silentAfterMs() + policy.safetyMs()) / 1_000;
        lost.forEach(booking -> lose(book, booking, "host %s was silent for %s s".formatted(booking.host(), silence)));
    }

    private void take(PlanRunner.Result result, long now) {
        String pool = planned;
        planned = null;
        if (pool == null) {
            return;
        }
        PoolBook book = book(pool);
        if (result instanceof PlanRunner.Result.Planned made) {
            apply(book, made, now);
        } else if (result instanceof PlanRunner.Result.Failed failed) {
            turns.planned(pool, 0, policy, now);
            output.failed(pool, failed.error());
        }
    }

    private void apply(PoolBook book, PlanRunner.Result.Planned made, long now) {
        Plan plan = made.plan();
        PlacementPolicy present = preemptions.policy(book.pool(), now);
        Reconciled reconciled = Reconciler.reconcile(plan, book.hosts(), book, present, now);
        preemptions.take(book, reconciled.preempted(), now);
        for (Booking booking : reconciled.kept()) {
            OfferedUnit unit = book.unitOf(booking.task());
            if (unit == null) {
                throw new IllegalStateException(booking + " is of a task that does not wait");
            }
            book.hosts().book(booking);
            PlacedTask task = new PlacedTask(booking, unit.offer().group(), unit.assignment(booking.task()));
            book.place(task);
            state.put(book.pool(), task);
            Host host = book.hosts().host(booking.host()).orElseThrow();
            output.assigned(unit, booking.task(), host);
        }
        boolean keptReservations = waiting.reserve(book, plan.reservations());
        // A gang is kept as a whole, so that a unit is gone with its first task.
        for (Booking booking : reconciled.kept()) {
            OfferedUnit unit = book.unitOf(booking.task());
            if (unit != null) {
                waiting.remove(book, unit);
            }
        }
        turns.planned(book.pool(), reconciled.kept().size(), policy, now);
        if (!reconciled.isSettled() || plan.isCutShort() || !keptReservations) {
            waiting.changed(book);
        }
        output.planned(PlanReport.of(book.pool(), made, reconciled, now));
    }

    private void request(long now) {
        if (runner.state() != PlanRunner.State.IDLE) {
            return;
        }
        turns.next(policy, now).ifPresent(pool -> {
            planned = pool;
            preemptions.begin(pool, now);
            turns.begun(pool);
            runner.trigger(() -> book(pool).snapshot(policy, now));
        });
    }

    /** Stores the standings that have changed, once a tick however often they did. */
    private void store() {
        standings.store(turns.standings(), planned);
    }

    /** Stores the tasks that came or went, and what they came under; must precede the end of a transaction. */
    public void flush() {
        if (ledgerChanged) {
            state.putLedger(session, nextOrder);
            ledgerChanged = false;
        }
        state.flush();
    }

    private void lose(PoolBook book, Booking booking, String reason) {
        PlacedTask task = book.unplace(booking.task());
        if (task != null) {
            state.delete(task);
            output.lost(book.pool(), task, reason);
        }
    }

    private void forgetIfEmpty(PoolBook book) {
        if (book.isEmpty()) {
            books.remove(book.pool());
        }
    }

    /** Questions about the pools, which are answered as of the call. */
    public PlacementView view() {
        return new PlacementView(books, policy);
    }

    /**
     * Cancels a plan under way and waits for its end; another one with the storage goes on.
     *
     * @throws InterruptedException if the calling thread was interrupted meanwhile
     */
    public void close() throws InterruptedException {
        runner.reset();
    }
}
