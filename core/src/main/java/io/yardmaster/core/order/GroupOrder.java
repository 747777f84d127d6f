package io.yardmaster.core.order;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Gives every group one turn a cycle or, if its weight is below 1, one turn in some cycles; its jobs take these in turn. */
public final class GroupOrder implements TurnOrder {
    private final int places;
    private final LongConsumer changed;
    private final Map<Long, GroupTurns> groups = new HashMap<>();
    /** Without places: a group that joins waits for the next cycle, since it may have had a turn in this one before it left. */
    private Rotation<GroupTurns> rotation = new Rotation<>(0);

    private final JobSeats seats = new JobSeats();

    private TurnWeights weights = TurnWeights.EVEN;
    private SeatedWeights seated = new SeatedWeights(false);

    /**
     * An order without jobs.
     *
     * @param places the most jobs that may be active
     * @param changed is called with a group when the output of {@link #writeGroup} for it changes for the first time since it
     *     was written
     */
    public GroupOrder(int places, LongConsumer changed) {
        this.places = places;
        this.changed = changed;
    }

    private GroupTurns of(long group) {
        return groups.computeIfAbsent(group, this::create);
    }

    private GroupTurns create(long group) {
        GroupTurns turns = new GroupTurns(group, places);
        turns.weigh(weights.of(group));
        return turns;
    }

    @Override
    public void weigh(TurnWeights newWeights) {
        weights = newWeights;
        seated = new SeatedWeights(weights.areGiven());
        for (GroupTurns turns : groups.values()) {
            turns.weigh(weights.of(turns.group));
            if (!turns.jobs.isEmpty()) {
                seated.add(turns.weight());
            }
        }
    }

    /** A group joins the rotation with its first active job, whose seat it takes. */
    @Override
    public void add(Job job) {
        GroupTurns turns = of(job.group);
        if (turns.jobs.isEmpty()) {
            turns.seat = job.seat;
            seat(turns);
        }
        sit(turns, job);
    }

    private void sit(GroupTurns turns, Job job) {
        seats.put(job, turns.jobs.add(job, job.seat));
    }

    private void seat(GroupTurns turns) {
        turns.place = rotation.add(turns, turns.seat);
        seated.add(turns.weight());
    }

    @Override
    public void remove(Job job) {
        GroupTurns turns = of(job.group);
        turns.jobs.remove(seats.remove(job));
        if (turns.jobs.isEmpty()) {
            rotation.remove(turns.place);
            seated.remove(turns.weight());
            turns.jobs.beginRound();
        }
    }

    /** Groups that wait for a place have a record, too, of what they have saved. */
    @Override
    public void beginAnew() {
        for (GroupTurns turns : groups.values()) {
            if (turns.deficit.saved() > 0) {
                changed.accept(turns.group);
            }
        }
        groups.clear();
        seated = new SeatedWeights(weights.areGiven());
        rotation = new Rotation<>(0);
    }

    @Override
    public @Nullable Job next() {
        GroupTurns due = rotation.next(this::isDue);
        return due == null ? null : due.next();
    }

    @Override
    public void beginTurn() {
        passUndue();
        due().beginTurn();
    }

    @Override
    public void endTurn() {
        GroupTurns turns = due();
        turns.jobs.advance();
        pass(turns);
    }

    private GroupTurns due() {
        return Objects.requireNonNull(rotation.next(), "no group has a turn");
    }

    /** Passes over the groups before the next one that is due, or over all that are left in the round. */
    private void passUndue() {
        for (GroupTurns turns = rotation.next(); turns != null && !isDue(turns); turns = rotation.next()) {
            pass(turns);
        }
    }

    private boolean isDue(GroupTurns turns) {
        return turns.isDue(seated.heaviest());
    }

    private void pass(GroupTurns turns) {
        turns.deficit.pass();
        rotation.advance();
        if (turns.change()) {
            changed.accept(turns.group);
        }
    }

    /** The youngest job of the largest group; of equally large ones, the one that joined first. */
    @Override
    public Job dispensable() {
        GroupTurns largest = null;
        for (GroupTurns turns : groups.values()) {
            if (largest == null
                    || turns.jobs.size() > largest.jobs.size()
                    || (turns.jobs.size() == largest.jobs.size() && turns.seat < largest.seat)) {
                largest = turns;
            }
        }
        return Objects.requireNonNull(largest, "no job is active").jobs.youngest();
    }

    @Override
    public void beginRound() {
        rotation.beginRound();
    }

    @Override
    public void endRound() {
        passUndue();
        rotation.endRound();
    }

    @Override
    public double perRound() {
        return seated.perRound();
    }

    @Override
    public long heaviest() {
        return seated.heaviest();
    }

    /** A job with one of the next {@code limit} turns is in one of the next {@code limit} groups, among its next {@code limit} jobs. */
    @Override
    public List<Job> upcoming(int limit) {
        Map<Job, Long> candidates = new HashMap<>();
        Set<GroupTurns> first = new HashSet<>(rotation.upcoming(limit));
        jobsOf(first, limit, candidates::put);
        return candidates.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void turnsBefore(ObjLongConsumer<Job> each) {
        jobsOf(null, Integer.MAX_VALUE, each);
    }

    /** The job with n others of its group before it has its turn n rounds after the group's next turn. */
    private void jobsOf(@Nullable Set<GroupTurns> wanted, int limit, ObjLongConsumer<Job> each) {
        long round = rotation.size();
        long late = rotation.late();
        rotation.turnsBefore((group, before) -> {
            // Groups that joined during this round take part from the next round on, behind all others.
            long absent = rotation.isDue(group.place) ? late : 0;
            if (wanted == null || wanted.contains(group)) {
                group.jobs.turnsBefore((job, turns) -> {
                    if (turns < limit) {
                        each.accept(job, before + turns * round - (turns > 0 ? absent : 0));
                    }
                });
            }
        });
    }

    @Override
    public Rotation.Cursor cursor() {
        return rotation.cursor();
    }

    @Override
    public void restore(List<Job> active, Rotation.Cursor cursor) {
        Set<GroupTurns> restored = new LinkedHashSet<>();
        for (Job job : active) {
            GroupTurns turns = of(job.group);
            turns.seatBy(job);
            sit(turns, job);
            restored.add(turns);
        }
        restored.stream().sorted(Comparator.comparingLong(turns -> turns.seat)).forEach(this::seat);
        rotation.moveTo(cursor);
        restored.forEach(GroupTurns::goOn);
    }

    @Override
    public boolean keepsGroups() {
        return true;
    }

    @Override
    public void writeGroup(long group, StateWriter writer) {
        of(group).write(writer);
    }

    @Override
    public void readGroup(long group, StateReader reader) {
        of(group).read(reader);
    }

    @Override
    public void forgetGroup(long group) {
        groups.remove(group);
    }
}
