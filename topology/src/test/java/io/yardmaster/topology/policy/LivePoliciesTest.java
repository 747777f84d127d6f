package io.yardmaster.topology.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.BestFit;
import io.yardmaster.core.placement.OpportunityCost;
import io.yardmaster.core.placement.Spread;
import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.RetryRule;
import io.yardmaster.core.values.StageOrder;
import io.yardmaster.core.values.StageOrders;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LivePoliciesTest {
    private final Map<Integer, PolicyEntry> sent = new HashMap<>();
    private final List<Integer> decoded = new ArrayList<>();
    private long now;
    private boolean away;
    private final LivePolicies policies = policies(Fairness.WEIGHTED);

    private LivePolicies policies(Fairness fairness) {
        return new LivePolicies(this::decode, fairness, 1_024, 1, () -> now);
    }

    private PolicyEntry decode(byte[] record) {
        if (away) {
            throw new RegistryUnavailableException("away");
        }
        decoded.add((int) record[0]);
        PolicyEntry entry = sent.get((int) record[0]);
        if (entry == null) {
            throw new UnreadableRecordException("it is broken");
        }
        return entry;
    }

    private void set(String key, Double weight, String... fields) {
        PolicyEntry entry = PolicyEntry.newBuilder()
                .setBy("ann")
                .setReason("a demo")
                .setAt(Instant.ofEpochMilli(5))
                .setFields(List.of(fields))
                .setWeight(weight)
                .build();
        sent.put(sent.size(), entry);
        policies.received(bytes(key), new byte[] {(byte) (sent.size() - 1)});
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private void pool(String pool, Long window, Long tasks, Boolean paused) {
        PolicyEntry entry = PolicyEntry.newBuilder()
                .setBy("ann")
                .setTasks(tasks)
                .setWindow(window)
                .setPaused(paused)
                .build();
        sent.put(sent.size(), entry);
        policies.received(bytes("pool/" + pool), new byte[] {(byte) (sent.size() - 1)});
    }

    @Test
    void L9_aPoolIsALimitOfItsWindowAndItsTasksAndOfNothingWhileItIsPaused() {
        pool("own", 5L, null, null);
        pool("default", null, null, false);
        pool("few", 5L, 3L, null);
        pool("many", 5L, 30L, null);
        pool("off", 5L, 3L, true);
        assertThat(policies.current().live().limits())
                .isEqualTo(Map.of(
                        "pool/own", 5L, "pool/default", 1_024L, "pool/few", 3L, "pool/many", 5L, "pool/off", 0L));
        assertThat(policies.current().pools()).containsExactly("default", "few", "many", "off", "own");
        for (int i = 0; i < PolicySnapshot.MOST_POOLS; i++) {
            pool("p" + i, 1L, null, null);
        }
        assertThat(policies.current().pools()).hasSize(PolicySnapshot.MOST_POOLS);
        assertThat(policies.current().problems()).hasSize(5).allMatch(line -> line.contains("more than 64 pools"));
    }

    @Test
    void aPoolOnHostsHasNoLargerWindowThanTasksMayWaitForHosts() {
        set("pool/few", entry -> entry.setPlacement("hosts"));
        set("pool/most", entry -> entry.setPlacement("hosts").setWindow(100_000L));
        set("pool/more", entry -> entry.setPlacement("hosts").setWindow(100_001L));
        set("pool/bounded", entry -> entry.setPlacement("hosts").setTasks(1_000_000L));
        set("pool/group", entry -> entry.setWindow(1_000_000L));
        assertThat(policies.current().live().limits())
                .isEqualTo(Map.of(
                        "pool/few",
                        10_000L,
                        "pool/most",
                        100_000L,
                        "pool/more",
                        100_000L,
                        "pool/bounded",
                        10_000L,
                        "pool/group",
                        1_000_000L));
        assertThat(policies.current().problems())
                .containsExactly("pool/more: window is 100000 at most with placement=hosts, not 100001");
    }

    @Test
    void aLargeDispatchWindowDoesNotMakeThatOfHostsTooLarge() {
        LivePolicies large = new LivePolicies(this::decode, Fairness.WEIGHTED, 500_000, 1, () -> now);
        set("pool/hosts", entry -> entry.setPlacement("hosts"));
        large.received(bytes("pool/hosts"), new byte[] {0});
        assertThat(large.current().live().limits()).isEqualTo(Map.of("pool/hosts", 100_000L));
        assertThat(large.current().problems()).isEmpty();
    }

    @Test
    void poolsOnHostsChooseTheirStrategies() {
        set("pool/a", entry -> entry.setPlacement("hosts").setStrategy("spread"));
        set("pool/b", entry -> entry.setPlacement("hosts").setStrategy("e-pvm"));
        set("pool/c", entry -> entry.setPlacement("hosts").setStrategy("best-fit"));
        set("pool/d", entry -> entry.setPlacement("hosts"));
        set("pool/e", entry -> entry.setPlacement("hosts").setStrategy("worst-fit"));
        set("pool/f", entry -> entry.setStrategy("spread"));
        assertThat(policies.current().strategies())
                .containsEntry("a", new Spread())
                .containsEntry("b", new OpportunityCost())
                .containsEntry("c", BestFit.DEFAULT)
                .doesNotContainKeys("d", "e");
        assertThat(policies.current().problems())
                .containsExactlyInAnyOrder(
                        "pool/e: strategy must be best-fit or e-pvm or spread, not 'worst-fit'; it is ignored",
                        "pool/f: strategy is ignored without placement=hosts");
    }

    @Test
    void anEntryIsInForceUntilItIsWithdrawn() {
        set("group/7", 2.0, "weight");
        set("group/-1", 0.5);
        assertThat(policies.current().live().groupWeights()).isEqualTo(Map.of(7L, 2.0, -1L, 0.5));
        assertThat(policies.current().rows()).hasSize(2).element(1).satisfies(row -> {
            assertThat(row.key()).hasToString("group/7");
            assertThat(row.fieldsText()).isEqualTo("weight=2");
            assertThat(row.by()).isEqualTo("ann");
            assertThat(row.reason()).isEqualTo("a demo");
            assertThat(row.atMs()).isEqualTo(5);
        });

        set("group/7", 3.0);
        policies.received(bytes("group/-1"), null);
        assertThat(policies.current().live().groupWeights()).isEqualTo(Map.of(7L, 3.0));
        assertThat(policies.current().problems()).isEmpty();
    }

    @Test
    void aRecordIsDecodedOnceAndTheSnapshotStaysTheSame() {
        set("group/1", 1.0);
        set("group/2", 1.0);
        PolicySnapshot first = policies.current();
        assertThat(policies.current()).isSameAs(first);
        set("group/1", 2.0);
        policies.current();
        assertThat(decoded).containsExactly(0, 1, 2);
    }

    @Test
    void whatIsNotUnderstoodIsToldAndIgnored() {
        set("group/1", 5.0, "weight", "colour");
        set("group/2", -5.0);
        set("grup/3", 5.0);
        set("group/x", 5.0);
        policies.received(bytes("group/4"), new byte[] {99});

        assertThat(policies.current().live().groupWeights()).isEqualTo(Map.of(1L, 5.0));
        assertThat(policies.current().problems())
                .containsExactly(
                        "group/1: this version knows no field colour, and ignores it",
                        "group/2: weight must be a number from 0.001 to 1000, not -5; it is ignored",
                        "group/4: cannot be read and is ignored: it is broken",
                        "group/x: x must be the id of a resource group, a whole number; the entry is ignored",
                        "grup/3: unknown key grup: the nearest known one is group; the entry is ignored");
    }

    @Test
    void whileTheRegistryIsAwayThePolicyStaysAndIsReadLater() {
        set("group/1", 2.0);
        policies.current();
        away = true;
        set("group/1", 3.0);
        assertThat(policies.current().live().groupWeights()).isEqualTo(Map.of(1L, 2.0));
        away = false;
        assertThat(policies.current().live().groupWeights()).isEqualTo(Map.of(1L, 2.0));
        now += Duration.ofSeconds(1).toNanos();
        assertThat(policies.current().live().groupWeights()).isEqualTo(Map.of(1L, 3.0));
    }

    @Test
    void weightsThatTheFairnessIgnoresAreToldOnce() {
        LivePolicies even = policies(Fairness.RESOURCE_GROUP);
        set("group/1", 2.0);
        even.received(bytes("group/1"), new byte[] {0});
        assertThat(even.current().problems())
                .containsExactly(
                        "resource groups have weights, which fairness=resource-group ignores: fairness=weighted obeys them");
    }

    @Test
    void theNumberOfEntriesIsBounded() {
        set("group/0", 2.0);
        for (int i = 1; i <= LivePolicies.MOST_ENTRIES; i++) {
            policies.received(bytes("group/" + i), new byte[] {0});
        }
        assertThat(policies.current().rows()).hasSize(LivePolicies.MOST_ENTRIES);
        assertThat(policies.current().problems())
                .containsExactly("there are more than 10000 entries; group/10000, say, is ignored");

        policies.received(bytes("group/10000"), null);
        assertThat(policies.current().problems()).isEmpty();
    }

    private void limit(String key, Long capacity, Long tasks) {
        PolicyEntry entry = PolicyEntry.newBuilder()
                .setBy("ann")
                .setCapacity(capacity)
                .setTasks(tasks)
                .build();
        sent.put(sent.size(), entry);
        policies.received(bytes(key), new byte[] {(byte) (sent.size() - 1)});
    }

    @Test
    void L4_limitsOfAllKindsAreInForceAndWrongOnesAreTold() {
        limit("limit/licence", 50L, null);
        limit("limit/disk-1.ssd_a", 1L, null);
        limit("group/7", null, 20L);
        limit("tasks/all", 1_000_000_000L, null);
        limit("tasks/job", 5L, null);
        limit("limit/zero", 0L, null);
        limit("limit/minus", -3L, null);
        limit("limit/huge", 1_000_000_001L, null);
        limit("limit/Licence", 3L, null);
        limit("tasks/other", 3L, null);
        limit("group/8", 3L, null);

        assertThat(policies.current().live().limits())
                .isEqualTo(Map.of(
                        "limit/licence",
                        50L,
                        "limit/disk-1.ssd_a",
                        1L,
                        "group/7",
                        20L,
                        "all",
                        1_000_000_000L,
                        "job",
                        5L));
        assertThat(policies.current().problems())
                .containsExactly(
                        "group/8: this version knows no field capacity, and ignores it",
                        "limit/Licence: Licence must be the name of a limit, up to 64 of a-z, 0-9, '.', '_' and '-', the"
                                + " first a letter or digit; the entry is ignored",
                        "limit/huge: capacity must be a whole number from 1 to 1000000000, not 1000000001; it is ignored",
                        "limit/minus: capacity must be a whole number from 1 to 1000000000, not -3; it is ignored",
                        "limit/zero: capacity must be a whole number from 1 to 1000000000, not 0; it is ignored",
                        "tasks/other: other must be all, for the tasks of all jobs together, or job, for those of any one"
                                + " job; the entry is ignored");
        assertThat(policies.current().rows())
                .extracting(row -> row.key().toString())
                .containsExactly(
                        "group/7",
                        "group/8",
                        "limit/disk-1.ssd_a",
                        "limit/huge",
                        "limit/licence",
                        "limit/minus",
                        "limit/zero",
                        "tasks/all",
                        "tasks/job");
    }

    @Test
    void theNumberOfLimitsIsBounded() {
        limit("limit/a", 2L, null);
        for (int i = 0; i < PolicySnapshot.MOST_LIMITS; i++) {
            policies.received(bytes("limit/b" + i), new byte[] {0});
        }
        assertThat(policies.current().live().limits()).hasSize(PolicySnapshot.MOST_LIMITS);
        assertThat(policies.current().problems())
                .containsExactly("limit/b999: more than 1000 entries limit something; its limit is ignored");
    }

    /** Shards tell each other of all limits that are in use, those of pools among them: many shards of fewer. */
    @Test
    void L4_theNumberOfLimitsIsBoundedByWhatTheShardsCanDivide() {
        LivePolicies many = new LivePolicies(this::decode, Fairness.WEIGHTED, 1_024, 640, () -> now);
        limit("limit/a", 2L, null);
        pool("gpu", 5L, null, null);
        many.received(bytes("pool/gpu"), new byte[] {1});
        for (int i = 10; i < 110; i++) {
            many.received(bytes("limit/b" + i), new byte[] {0});
        }
        assertThat(many.current().live().limits()).hasSize(100).containsKey("pool/gpu");
        assertThat(many.current().problems())
                .containsExactly(
                        "limit/b99: more than 99 entries limit something, of which 640 shards divide no more; its"
                                + " limit is ignored");
        SortedMap<PolicyKey, SortedMap<String, Object>> entries = new TreeMap<>();
        many.current().rows().forEach(row -> entries.put(row.key(), row.fields()));
        assertThat(PolicySnapshot.tooMany(entries, 640))
                .contains("limits something in 100 entries, may in 99 with 640 shards and as many pools");
        assertThat(PolicySnapshot.tooMany(entries, 64)).isEmpty();
        entries.remove(PolicyKey.parse("limit/b10"));
        assertThat(PolicySnapshot.tooMany(entries, 640)).isEmpty();
    }

    private void set(String key, UnaryOperator<PolicyEntry.Builder> fields) {
        sent.put(sent.size(), fields.apply(PolicyEntry.newBuilder()).build());
        policies.received(bytes(key), new byte[] {(byte) (sent.size() - 1)});
    }

    @Test
    void L7_ratesAreInForceAndABurstAloneIsTold() {
        set("group/7", entry -> entry.setRate(0.5).setBurst(4L));
        set("group/8", entry -> entry.setRate(20.0));
        set("group/9", entry -> entry.setBurst(4L));
        set("group/10", entry -> entry.setRate(0.0));

        assertThat(policies.current().live().rates())
                .isEqualTo(Map.of(7L, new DispatchRate(0.5, 4), 8L, new DispatchRate(20, 1)));
        assertThat(policies.current().problems())
                .containsExactlyInAnyOrder(
                        "group/9: burst is ignored without rate",
                        "group/10: rate must be a number from 0.001 to 1000000, not 0; it is ignored");
    }

    @Test
    void L7_ratesOfPoolsAreInForceToo() {
        set("pool/gpu", entry -> entry.setRate(0.5).setBurst(4L));
        set("pool/tape", entry -> entry.setPaused(false).setRate(20.0));
        set("pool/cpu", entry -> entry.setBurst(4L));
        set("pool/disk", entry -> entry.setRate(-1.0));

        assertThat(policies.current().live().poolRates())
                .isEqualTo(Map.of("gpu", new DispatchRate(0.5, 4), "tape", new DispatchRate(20, 1)));
        assertThat(policies.current().live().part(4).poolRates())
                .isEqualTo(Map.of("gpu", new DispatchRate(0.125, 1), "tape", new DispatchRate(5, 1)));
        assertThat(policies.current().pools()).as("a rate makes a pool").contains("gpu", "tape", "cpu");
        assertThat(policies.current().problems())
                .containsExactlyInAnyOrder(
                        "pool/cpu: burst is ignored without rate",
                        "pool/disk: rate must be a number from 0.001 to 1000000, not -1; it is ignored");
    }

    @Test
    void G4_rulesOfRetriesAreInTheOrderOfTheirNumbers() {
        set("retry/10", entry -> entry.setAttempts(5L).setBackoffMs(100L).setRetriesPerJob(20L));
        set(
                "retry/9",
                entry -> entry.setResult("KILLED").setReasonBegins("ran longer").setGroup(-3L));
        set("retry/11", entry -> entry.setResult("REFUSED").setAttempts(2L));
        set("retry/0", entry -> entry.setAttempts(2L));

        assertThat(policies.current().live().retries())
                .containsExactly(
                        new RetryRule(-3L, TaskEnd.KILLED, "ran longer", 1, 0, RetryRule.NO_LIMIT),
                        new RetryRule(null, null, "", 5, 100, 20));
        assertThat(policies.current().problems())
                .containsExactlyInAnyOrder(
                        "retry/0: 0 must be the number of a rule, from 1 to 999; the entry is ignored",
                        "retry/11: result must be FAILED or KILLED, not 'REFUSED'; the entry is ignored");
    }

    @Test
    void L1_theOrderOfStagesIsThatOfTheGroupOrOfAll() {
        set("default/group", entry -> entry.setStages("critical-path"));
        set("group/7", entry -> entry.setStages("arrival"));
        set("group/8", entry -> entry.setStages("longest"));

        assertThat(policies.current().live().stageOrders())
                .isEqualTo(new StageOrders(StageOrder.CRITICAL_PATH, Map.of(7L, StageOrder.ARRIVAL)));
        assertThat(policies.current().problems())
                .containsExactly("group/8: stages must be arrival or critical-path, not 'longest'; it is ignored");
    }

    @Test
    void preemptionNeedsAPoolThatPlacesOnHostsAndAGroupThatAllowsIt() {
        assertThat(policies.current().preemption()).isSameAs(PreemptionPolicy.NONE);
        set("pool/a", entry -> entry.setPlacement("hosts").setPreemptions(60L));
        set("pool/b", entry -> entry.setPreemptions(5L));
        set("pool/c", entry -> entry.setPlacement("hosts").setPreemptions(10_001L));
        set("default/group", entry -> entry.setPreemptible(true));
        set("group/7", entry -> entry.setPreemptible(false));
        set("group/8", entry -> entry.setStages("arrival"));

        PreemptionPolicy preemption = policies.current().preemption();
        assertThat(preemption.perMinute("a")).isEqualTo(60);
        assertThat(preemption.perMinute("b")).isZero();
        assertThat(preemption.perMinute("c")).isZero();
        assertThat(preemption.isPreemptible(7)).isFalse();
        assertThat(preemption.isPreemptible(8)).isTrue();
        assertThat(policies.current().problems())
                .containsExactlyInAnyOrder(
                        "pool/b: preemptions is ignored without placement=hosts",
                        "pool/c: preemptions must be a whole number from 1 to 10000, not 10001; it is ignored");
    }
}
