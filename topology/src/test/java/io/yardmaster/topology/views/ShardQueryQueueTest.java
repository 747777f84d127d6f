package io.yardmaster.topology.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.shares.DispatchBudget;
import io.yardmaster.topology.shares.ShareNews;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ShardQueryQueueTest {
    private static final DispatchBudget NONE = new DispatchBudget() {
        @Override
        public boolean needsGroups(long now, LivePolicy live) {
            return false;
        }

        @Override
        public Budget available(long now, Demand demand) {
            return Budget.of(0);
        }

        @Override
        public Optional<ShareNews> used(long now, Demand demand, int made, Supplier<Map<String, LimitDemand>> limits) {
            return Optional.empty();
        }

        @Override
        public boolean isWanted(long now, Demand demand) {
            return false;
        }

        @Override
        public int granted() {
            return 0;
        }

        @Override
        public int outstanding() {
            return 0;
        }
    };

    private final ShardQueries queries = new ShardQueries(IdlePacer.restless());
    private final ShardQueryQueue queue = queries.open(3);

    @Test
    void aQuestionThatFailsIsTheAskersTroubleAlone() {
        CompletableFuture<Object> broken = queue.ask(source -> {
            throw new IllegalStateException("no such page");
        });
        CompletableFuture<Object> worse = queue.ask(source -> {
            throw new NoClassDefFoundError("a jar that was replaced");
        });
        CompletableFuture<Integer> next = queue.ask(ShardSnapshotSource::shard);
        queue.tickEnded(null, NONE, 1);
        assertThatThrownBy(broken::join).hasRootCauseMessage("no such page");
        assertThatThrownBy(worse::join).hasRootCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(next).isCompletedWithValue(3);
    }

    @Test
    void aShardThatLeavesFailsItsAnswers() {
        CompletableFuture<Integer> asked = queue.ask(ShardSnapshotSource::shard);
        queue.close();
        assertThat(asked).isCompletedExceptionally();
        assertThatThrownBy(asked::join).hasRootCauseInstanceOf(ShardLeftException.class);
        assertThat(queue.ask(ShardSnapshotSource::shard))
                .as("asked when it has left")
                .isCompletedExceptionally();
    }

    @Test
    void countersOfGroupsAreBoundedWithoutQueries() {
        ShardRecord record = queue.record();
        for (int group = 0; group < 5 * ShardRecord.MOST_GROUPS; group++) {
            record.assigned(new DispatchedTask(1, group, 1, TaskKind.TASK, 0, 0, 0, 0, null, null));
            record.assigned(new DispatchedTask(1, -7, 1, TaskKind.TASK, 0, 0, 0, 0, null, null));
        }
        assertThat(record.countedGroups()).isEqualTo(ShardRecord.MOST_GROUPS);
        // A group that goes on is not forgotten for groups that came and went.
        assertThat(record.assignmentsOf(-7)).isEqualTo(5L * ShardRecord.MOST_GROUPS);
        assertThat(record.assignmentsOf(0)).isZero();
    }
}
