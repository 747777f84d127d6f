package io.yardmaster.topology;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.shares.DispatchBudget;
import io.yardmaster.topology.shares.ShareNews;
import io.yardmaster.topology.window.ShardWindow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The real budgets of an instance, which tell what each shard was given for its latest tick. */
final class SimulatedBudgets extends Budgets {
    private final Map<Integer, Budget> latest = new HashMap<>();

    SimulatedBudgets(SchedulerConfig config, int shards, Deserializer<Share> deserializer) {
        super(
                shards,
                config.dispatchCapacity(),
                config.policy().fairness(),
                config.topics().of(Topic.SHARES),
                deserializer);
    }

    Budget latest(int shard) {
        return latest.get(shard);
    }

    @Override
    DispatchBudget open(ProcessorContext<?, ?> context, ShardWindow window) {
        return new Noted(super.open(context, window), context.taskId().partition());
    }

    private final class Noted implements DispatchBudget {
        private final DispatchBudget real;
        private final int shard;

        Noted(DispatchBudget real, int shard) {
            this.real = real;
            this.shard = shard;
        }

        @Override
        public Budget available(long now, Demand demand) {
            Budget available = real.available(now, demand);
            latest.put(shard, available);
            return available;
        }

        @Override
        public boolean needsGroups(long now, LivePolicy live) {
            return real.needsGroups(now, live);
        }

        @Override
        public Optional<ShareNews> used(long now, Demand demand, int made, Supplier<Map<String, LimitDemand>> limits) {
            return real.used(now, demand, made, limits);
        }

        @Override
        public boolean isWanted(long now, Demand demand) {
            return real.isWanted(now, demand);
        }

        @Override
        public int granted() {
            return real.granted();
        }

        @Override
        public int outstanding() {
            return real.outstanding();
        }
    }
}
