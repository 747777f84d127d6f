package io.yardmaster.scheduling;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** Whose turn it is in the third part of a cycle, in which active jobs are offered (S3, S15). */
interface Turns {
    void add(Job job);

    void remove(Job job);

    /** The active job whose turn it is; null at the end of the cycle. */
    Job peek();

    /** The turn has been taken. A job that leaves instead takes no turn. */
    void advance();

    /** The job that is the first to lose its place where places are short. There is one at least. */
    Job dispensable();

    /** Begins the third part of a cycle. */
    void beginRound();

    /** Ends it. */
    void endRound();

    /** How many turns there are in a round, on average. */
    double perRound();

    void weigh(Map<Long, Double> weights);

    /** The jobs that have the next turns, in order, each once. */
    List<Job> next(int limit);

    /** Says of every active job how many turns there are before its next one, as things stand; weights do not count. */
    void turnsBefore(ObjLongConsumer<Job> each);

    Rotation.Cursor cursor();

    /** Seats these jobs, which are in order of their seats, and puts the cursor where it was. */
    void restore(List<Job> jobs, Rotation.Cursor cursor);

    /** In one cycle every job has one turn. */
    final class OfJobs implements Turns {
        private final Rotation<Job> jobs;

        OfJobs(int places) {
            this.jobs = new Rotation<>(places);
        }

        @Override
        public void add(Job job) {
            jobs.add(job);
        }

        @Override
        public void remove(Job job) {
            jobs.remove(job);
        }

        @Override
        public Job peek() {
            return jobs.peek();
        }

        @Override
        public void advance() {
            jobs.advance();
        }

        @Override
        public Job dispensable() {
            return jobs.youngest();
        }

        @Override
        public void beginRound() {
            jobs.beginRound();
        }

        @Override
        public void endRound() {
            jobs.endRound();
        }

        @Override
        public double perRound() {
            return jobs.size();
        }

        @Override
        public List<Job> next(int limit) {
            return jobs.next(limit);
        }

        @Override
        public void turnsBefore(ObjLongConsumer<Job> each) {
            jobs.turnsBefore(each);
        }

        /** Jobs have equal turns whatever their groups. */
        @Override
        public void weigh(Map<Long, Double> weights) {}

        @Override
        public Rotation.Cursor cursor() {
            return jobs.cursor();
        }

        @Override
        public void restore(List<Job> active, Rotation.Cursor cursor) {
            active.forEach(jobs::add);
            jobs.moveTo(cursor);
        }
    }

    /** In one cycle every group has one turn, which its jobs take one after the other. */
    final class OfGroups implements Turns {
        private final Groups groups;
        /** A group that comes anew awaits the next cycle: it may have had a turn in this one before it left. */
        private final Rotation<Group> rotation = new Rotation<>(0);

        OfGroups(Groups groups) {
            this.groups = groups;
        }

        /** A group joins the rotation with its first active job, and takes its place by that job's seat. */
        @Override
        public void add(Job job) {
            Group group = groups.of(job);
            if (group.jobs.isEmpty()) {
                group.seat = job.seat;
                rotation.add(group);
            }
            group.jobs.add(job);
        }

        @Override
        public void remove(Job job) {
            Group group = groups.of(job);
            group.jobs.remove(job);
            if (group.jobs.isEmpty()) {
                rotation.remove(group);
                group.jobs.beginRound();
            }
        }

        @Override
        public Job peek() {
            Group group = rotation.peek();
            while (group != null && !group.turns.isDue()) {
                pass(group);
                group = rotation.peek();
            }
            if (group == null) {
                return null;
            }
            if (group.jobs.peek() == null) {
                group.jobs.beginRound();
            }
            return group.jobs.peek();
        }

        @Override
        public void advance() {
            Group group = rotation.peek();
            group.jobs.advance();
            pass(group);
        }

        private void pass(Group group) {
            group.turns.pass();
            groups.touch(group);
            rotation.advance();
        }

        /** The youngest job of the largest group; of equally large ones, the one that joined first. */
        @Override
        public Job dispensable() {
            Group largest = null;
            for (Group group : groups.all()) {
                if (largest == null
                        || group.activeJobs > largest.activeJobs
                        || (group.activeJobs == largest.activeJobs && group.seat < largest.seat)) {
                    largest = group;
                }
            }
            return largest.jobs.youngest();
        }

        @Override
        public void beginRound() {
            rotation.beginRound();
        }

        @Override
        public void endRound() {
            rotation.endRound();
        }

        @Override
        public double perRound() {
            double sum = 0;
            for (Group group : groups.all()) {
                sum += group.jobs.isEmpty() ? 0 : group.turns.weight();
            }
            return sum;
        }

        @Override
        public void weigh(Map<Long, Double> weights) {
            groups.weigh(weights);
        }

        /** None of them is in a group behind the first {@code limit} ones, nor behind as many jobs of its group. */
        @Override
        public List<Job> next(int limit) {
            Map<Job, Long> candidates = new HashMap<>();
            Set<Group> first = new HashSet<>(rotation.next(limit));
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

        /** A job's n-th turn from now on in its group comes n rounds after the group's own next turn. */
        private void jobsOf(Set<Group> wanted, int limit, ObjLongConsumer<Job> each) {
            long round = rotation.size();
            long late = rotation.late();
            rotation.turnsBefore((group, before) -> {
                // Those that are late take part from the next round on, behind all others.
                long absent = rotation.isDue(group) ? late : 0;
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
            Set<Group> seated = new LinkedHashSet<>();
            for (Job job : active) {
                Group group = groups.of(job);
                if (group.seat == 0) {
                    group.seat = job.seat;
                }
                group.jobs.add(job);
                seated.add(group);
            }
            seated.stream()
                    .sorted(Comparator.comparingLong(group -> group.seat))
                    .forEach(rotation::add);
            rotation.moveTo(cursor);
            seated.forEach(group -> group.jobs.moveTo(group.storedCursor));
        }
    }
}
