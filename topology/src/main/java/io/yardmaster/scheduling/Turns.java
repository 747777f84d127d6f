package io.yardmaster.scheduling;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whose turn it is in the third part of a cycle, in which active jobs are offered (S3, S15). */
interface Turns {
    void add(Job job);

    void remove(Job job);

    /** The active job whose turn it is; null at the end of the cycle. */
    Job peek();

    /** The turn has been taken. A job that leaves instead takes no turn. */
    void advance();

    void rewind();

    long position();

    /** Seats these jobs, which are in order of their seats, and puts the cursor where it was. */
    void restore(List<Job> jobs, long position);

    /** In one cycle every job has one turn. */
    final class OfJobs implements Turns {
        private final Rotation<Job> jobs = new Rotation<>();

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
        public void rewind() {
            jobs.rewind();
        }

        @Override
        public long position() {
            return jobs.position();
        }

        @Override
        public void restore(List<Job> active, long position) {
            active.forEach(jobs::add);
            jobs.moveTo(position);
        }
    }

    /** In one cycle every group has one turn, which its jobs take one after the other. */
    final class OfGroups implements Turns {
        private final Groups groups;
        private final Rotation<Group> rotation = new Rotation<>();

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
                group.jobs.rewind();
            }
        }

        @Override
        public Job peek() {
            Group group = rotation.peek();
            if (group == null) {
                return null;
            }
            if (group.jobs.peek() == null) {
                group.jobs.rewind();
            }
            return group.jobs.peek();
        }

        @Override
        public void advance() {
            Group group = rotation.peek();
            group.jobs.advance();
            groups.touch(group);
            rotation.advance();
        }

        @Override
        public void rewind() {
            rotation.rewind();
        }

        @Override
        public long position() {
            return rotation.position();
        }

        @Override
        public void restore(List<Job> active, long position) {
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
            rotation.moveTo(position);
            seated.forEach(group -> group.jobs.moveTo(group.storedPosition));
        }
    }
}
