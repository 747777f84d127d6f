package io.yardmaster.topology.policy;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.RetryRule;
import io.yardmaster.core.values.StageOrder;
import io.yardmaster.core.values.StageOrders;
import io.yardmaster.core.values.TaskEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads rates, rules of retries, and the order of stages out of the policy's entries. */
final class PolicyOfOrder {
    private final Map<Long, DispatchRate> rates = new TreeMap<>();
    private final Map<String, DispatchRate> poolRates = new TreeMap<>();
    private final List<RetryRule> retries = new ArrayList<>();
    private final Map<Long, StageOrder> orders = new TreeMap<>();
    private StageOrder others = StageOrder.ARRIVAL;

    private PolicyOfOrder() {}

    /**
     * The policy with what these entries say.
     *
     * @param entries in the order of their keys
     * @param problems takes a sentence for each part that is ignored
     */
    static LivePolicy add(
            LivePolicy policy, SortedMap<PolicyKey, SortedMap<String, Object>> entries, Consumer<String> problems) {
        PolicyOfOrder read = new PolicyOfOrder();
        entries.forEach((key, fields) -> read.read(key, fields, problems));
        read.poolRates.keySet().removeIf(pool -> !policy.limits().containsKey(LimitKeys.ofPool(pool)));
        return policy.withRates(read.rates)
                .withPoolRates(read.poolRates)
                .withRetries(read.retries)
                .withStageOrders(new StageOrders(read.others, read.orders));
    }

    private void read(PolicyKey key, Map<String, Object> fields, Consumer<String> problems) {
        key.kind().mistakes(fields).forEach(problem -> problems.accept(key + ": " + problem));
        switch (key.kind()) {
            case GROUP -> readGroup(Long.parseLong(key.id()), fields);
            case DEFAULT -> others = order(fields, others);
            case RETRY -> retries.add(rule(fields));
            case POOL -> readRate(fields).ifPresent(rate -> poolRates.put(key.id(), rate));
            default -> {
                // Limits are read elsewhere.
            }
        }
    }

    private void readGroup(long group, Map<String, Object> fields) {
        readRate(fields).ifPresent(rate -> rates.put(group, rate));
        if (fields.containsKey(PolicyKind.STAGES)) {
            orders.put(group, order(fields, StageOrder.ARRIVAL));
        }
    }

    private static Optional<DispatchRate> readRate(Map<String, Object> fields) {
        return fields.get(PolicyKind.RATE) instanceof Double perSecond
                ? Optional.of(new DispatchRate(perSecond, number(fields, PolicyKind.BURST, 1)))
                : Optional.empty();
    }

    private static StageOrder order(Map<String, Object> fields, StageOrder unless) {
        Object word = fields.get(PolicyKind.STAGES);
        if (word == null) {
            return unless;
        }
        return word.equals(PolicyKind.CRITICAL_PATH) ? StageOrder.CRITICAL_PATH : StageOrder.ARRIVAL;
    }

    private static RetryRule rule(Map<String, Object> fields) {
        Object result = fields.get(PolicyKind.RESULT);
        return new RetryRule(
                fields.get(PolicyKind.OF_GROUP) instanceof Long group ? group : null,
                result == null ? null : TaskEnd.valueOf(result.toString()),
                fields.getOrDefault(PolicyKind.REASON_BEGINS, "").toString(),
                Math.toIntExact(number(fields, PolicyKind.ATTEMPTS, 1)),
                number(fields, PolicyKind.BACKOFF, 0),
                Math.toIntExact(number(fields, PolicyKind.RETRIES_PER_JOB, RetryRule.NO_LIMIT)));
    }

    private static long number(Map<String, Object> fields, String field, long unless) {
        return fields.get(field) instanceof Long number ? number : unless;
    }
}
