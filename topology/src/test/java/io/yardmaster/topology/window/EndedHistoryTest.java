package io.yardmaster.topology.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.window.DispatchLogModel.Entry;
import io.yardmaster.topology.window.DispatchLogModel.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Random histories of one shard, its producer, its group and the outcomes, compared with what the topic says. */
class EndedHistoryTest {
    private static final int SHARD = 1;
    private static final int OTHER_SHARD = 2;
    private static final int HISTORIES = 400;
    private static final int STEPS = 600;
    /** More refreshes than it takes until what was not decided is read again. */
    private static final int SETTLING = 12;

    @Test
    void S12_O1_countsAreNeverTooLowAndAreExactOnceEverythingIsSettled() {
        long seed = new Random().nextLong();
        int ended = 0;
        int again = 0;
        int dropped = 0;
        for (int history = 0; history < HISTORIES; history++) {
            History one = new History(new Random(seed + history), "seed " + seed + ", history " + history);
            one.run();
            ended += one.endedHere;
            again += one.givenAgain;
            dropped += one.droppedAfterReading;
        }
        // Otherwise the histories do not contain what they are made for.
        assertThat(ended).isGreaterThan(HISTORIES);
        assertThat(again).isGreaterThan(HISTORIES);
        assertThat(dropped).isGreaterThan(HISTORIES);
    }

    private record Sent(long id, int partition, PartitionOutstanding outstanding) {}

    private record Unacknowledged(Sent sent, long offset) {}

    private static final class History {
        private final Random random;
        private final String name;
        private final int partitions;
        private final DispatchLogModel log;
        private final DispatchWindow window;
        private final ConsumerGroupSource source;
        private final Deque<Sent> unsent = new ArrayDeque<>();
        private final List<Unacknowledged> unacknowledged = new ArrayList<>();
        /** The core's durable truth. */
        private final Set<Long> ended = new HashSet<>();

        private ShardOutstanding shard;
        private Transaction own = new Transaction();
        private Transaction foreign = new Transaction();
        private long id;
        private long idAtBegin;
        private boolean wentBack;
        private int step;
        int endedHere;
        int givenAgain;
        int droppedAfterReading;

        History(Random random, String name) {
            this.random = random;
            this.name = name;
            partitions = 1 + random.nextInt(4);
            log = new DispatchLogModel(partitions);
            window = new DispatchWindow(partitions, () -> 0);
            source = new ConsumerGroupSource(
                    log, DispatchLogModel.TOPIC, window, new LostOffsets(null, "fleet", window, () -> 0));
            shard = (ShardOutstanding) window.open(SHARD);
        }

        void run() {
            refresh();
            log.meanwhile = () -> {
                for (int i = random.nextInt(3); i > 0; i--) {
                    step();
                }
            };
            for (step = 0; step < STEPS; step++) {
                if (random.nextInt(12) == 0) {
                    log.limit = random.nextInt(4) == 0 ? random.nextInt(20) : Integer.MAX_VALUE;
                    refresh();
                } else {
                    step();
                }
                checkNotTooLow();
                if (step % 150 == 149) {
                    settle();
                }
            }
        }

        private void step() {
            switch (random.nextInt(24)) {
                case 0 -> decide(true);
                case 1 -> {
                    if (random.nextInt(3) == 0) {
                        decide(false);
                    }
                }
                case 2 -> begin();
                case 3 -> tick();
                case 4 -> commitOffsets();
                case 5 -> goBack();
                case 6, 7, 8 -> endOne();
                case 9 -> shard.ended(random.nextInt(5) == 0 ? Long.MAX_VALUE : repeated());
                case 10 -> endOneThatIsRedelivered();
                case 11, 12, 13, 14 -> acknowledge();
                case 15, 16, 17, 18 -> deliver();
                default -> place();
            }
        }

        private long repeated() {
            return ended.stream()
                    .skip(ended.isEmpty() ? 0 : random.nextInt(ended.size()))
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        }

        private void place() {
            if (!shard.isKnown()) {
                return;
            }
            int avoided = random.nextInt(partitions + 1) - 1;
            int partition = shard.place(id, avoided);
            assertThat(partitions == 1 || partition != avoided).as(where()).isTrue();
            unsent.add(new Sent(id, partition, shard.partition(partition)));
            id++;
        }

        private boolean deliver() {
            Sent next = unsent.poll();
            if (next != null) {
                unacknowledged.add(
                        new Unacknowledged(next, log.append(next.partition(), new Entry(SHARD, next.id(), own))));
            }
            return next != null;
        }

        private boolean acknowledge() {
            if (unacknowledged.isEmpty()) {
                return false;
            }
            Unacknowledged any = unacknowledged.remove(random.nextInt(unacknowledged.size()));
            any.sent().outstanding().acknowledged(any.offset(), any.sent().id());
            return true;
        }

        /** Ends the transaction of another shard's producer and begins the next, or sends a record in it. */
        private void begin() {
            if (random.nextBoolean()) {
                log.append(random.nextInt(partitions), new Entry(OTHER_SHARD, random.nextInt(1_000), foreign));
            } else {
                log.decide(foreign, random.nextBoolean() ? Transaction.State.COMMITTED : Transaction.State.ABORTED);
                foreign = new Transaction();
            }
        }

        private void decide(boolean commit) {
            if (commit) {
                while (deliver() || acknowledge()) {}
                log.decide(own, Transaction.State.COMMITTED);
            } else {
                abort();
            }
            own = new Transaction();
            idAtBegin = id;
        }

        /** The ids of an aborted transaction are given again; the stream task is opened again before or after that. */
        private void abort() {
            unsent.forEach(sent -> sent.outstanding().failed());
            unacknowledged.forEach(any -> any.sent().outstanding().failed());
            unsent.clear();
            unacknowledged.clear();
            log.decide(own, Transaction.State.ABORTED);
            givenAgain += id > idAtBegin ? 1 : 0;
            id = idAtBegin;
            if (random.nextBoolean()) {
                shard.close();
                shard = (ShardOutstanding) window.open(SHARD);
            } else {
                window.unsettle(List.of(shard));
            }
        }

        private void tick() {
            int before = shard.countOutstanding();
            shard.dropEnded(ended::contains);
            droppedAfterReading += before - shard.countOutstanding();
        }

        /** The outcome of any assignment that the fleet can see. */
        private void endOne() {
            int partition = random.nextInt(partitions);
            int stable = log.stable(partition);
            long from = log.committed[partition];
            if (from < stable) {
                end(partition, from + random.nextInt((int) (stable - from)));
            }
        }

        /** The outcome of an assignment whose offset is committed already. */
        private void endOneThatIsRedelivered() {
            int partition = random.nextInt(partitions);
            if (log.committed[partition] > 0) {
                end(partition, random.nextInt((int) log.committed[partition]));
            }
        }

        private void end(int partition, long offset) {
            Entry entry = log.partitions.get(partition).get((int) offset);
            if (entry.isVisible() && entry.shard() == SHARD && ended.add(entry.id())) {
                int found = shard.ended(entry.id());
                endedHere += found == partition ? 1 : 0;
            }
        }

        private void commitOffsets() {
            int partition = random.nextInt(partitions);
            long most = log.stable(partition) - log.committed[partition];
            if (most > 0) {
                log.committed[partition] += random.nextInt((int) Math.min(most, 20) + 1);
            }
        }

        /** The group is set back; until the topic is read again, nothing between is counted. */
        private void goBack() {
            if (random.nextInt(8) == 0) {
                int partition = random.nextInt(partitions);
                log.committed[partition] -= random.nextInt((int) Math.min(log.committed[partition], 10) + 1);
                wentBack = true;
            }
        }

        private void refresh() {
            wentBack = false;
            refreshOnce();
            // The first one notices that the group went back, the second one reads.
            refreshOnce();
        }

        private void refreshOnce() {
            try {
                source.refresh();
            } catch (ExecutionException | InterruptedException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }

        private long outstanding(int partition) {
            List<Entry> entries = log.partitions.get(partition);
            long delivered = entries.stream()
                    .skip(log.committed[partition])
                    .filter(entry -> entry.shard() == SHARD)
                    .filter(entry -> entry.transaction().state != Transaction.State.ABORTED)
                    .filter(entry -> entry.transaction().state == Transaction.State.OPEN || !ended.contains(entry.id()))
                    .count();
            return delivered
                    + unsent.stream()
                            .filter(sent -> sent.partition() == partition)
                            .count();
        }

        private void checkNotTooLow() {
            for (int partition = 0; partition < partitions && shard.isKnown() && !wentBack; partition++) {
                assertThat(shard.partition(partition).outstanding())
                        .as("%s, partition %d", where(), partition)
                        .isGreaterThanOrEqualTo(outstanding(partition));
            }
        }

        private void settle() {
            Runnable before = log.meanwhile;
            log.meanwhile = () -> {};
            log.limit = Integer.MAX_VALUE;
            decide(true);
            log.decide(foreign, Transaction.State.COMMITTED);
            foreign = new Transaction();
            for (int i = 0; i < SETTLING; i++) {
                refresh();
            }
            shard.dropEnded(ended::contains);
            for (int partition = 0; partition < partitions; partition++) {
                assertThat(shard.partition(partition).outstanding())
                        .as("%s, settled, partition %d", where(), partition)
                        .isEqualTo(outstanding(partition))
                        .isEqualTo(window.load(partition).get());
            }
            log.meanwhile = before;
        }

        private String where() {
            return name + ", step " + step;
        }
    }
}
