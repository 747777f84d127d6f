package io.yardmaster.torture.load;

import io.yardmaster.schemas.When;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Deals graphs of many kinds by chance: arrays, chains, pairs, diamonds, fans, any; and some without sense. */
final class GraphDealer {
    private static final int LONGEST_ARRAY = 20;
    private static final int LONGEST_BACKOFF_MS = 400;
    /** One graph of so many is of the group that has a rate, and takes its time. */
    private static final int PARTS_RATED = 4;
    /** The most of these that go on at a time: there may be sixteen of all. */
    private static final int MOST_RATED = 4;

    private static final int MOST_POOLED = 6;
    private static final long CURRENT = -1;

    private static final List<String> PAYLOADS = List.of(
            Payloads.SUCCEED,
            Payloads.SUCCEED,
            Payloads.SUCCEED,
            Payloads.SUCCEED,
            Payloads.SUCCEED,
            Payloads.ANY,
            Payloads.ANY,
            Payloads.FAIL_FIRST,
            Payloads.FAIL_FIRST,
            Payloads.FAIL);

    private final Random random;
    private final PolicyOperator operator;
    private final FewGraphs rated;
    private final FewGraphs pooled;

    GraphDealer(Random random, PolicyOperator operator, SentGraphs sent) {
        this.random = random;
        this.operator = operator;
        this.rated = new FewGraphs(MOST_RATED, sent);
        this.pooled = new FewGraphs(MOST_POOLED, sent);
    }

    GraphDraft deal(long job, long session) {
        GraphDraft graph = new GraphDraft(job);
        switch (random.nextInt(7)) {
            case 0 -> graph.stage("array", array(), payload()).stage("end", 1, payload(), "array");
            case 1 -> chain(graph, 2 + random.nextInt(4));
            case 2 -> pairs(graph, array());
            case 3 ->
                graph.stage("a", 1, payload())
                        .stage("b", 1 + random.nextInt(3), payload(), "a")
                        .stage("c", 1 + random.nextInt(3), payload(), "a")
                        .stage("d", 1, when(), payload(), "b", "c");
            case 4 -> fan(graph, 2 + random.nextInt(4));
            default -> any(graph, 2 + random.nextInt(7));
        }
        if (random.nextBoolean()) {
            graph.attempts(2 + random.nextInt(3), random.nextInt(LONGEST_BACKOFF_MS));
        }
        if (random.nextBoolean()) {
            graph.commit();
        }
        if (random.nextBoolean()) {
            graph.cleanup();
        }
        if (random.nextBoolean()) {
            graph.goesOn();
        }
        if (random.nextInt(4) == 0) {
            graph.session(session);
        }
        if (random.nextBoolean() && operator.mayBeNeeded()) {
            graph.needing(this::needs);
        }
        // A graph that is void in a newer session may be read when the pool is gone, as nobody waits for it.
        if (random.nextBoolean() && graph.session() == CURRENT && operator.mayNamePool() && pooled.haveRoom()) {
            graph.pooled(() -> random.nextBoolean() ? PolicyOperator.POOL : "");
            pooled.add(job);
        }
        if (random.nextInt(PARTS_RATED) == 0 && operator.mayBeNeeded() && rated.haveRoom()) {
            graph.group(PolicyOperator.RATED);
            rated.add(job);
        }
        return graph.priority(random.nextInt(4) == 0 ? random.nextInt(3) : 0);
    }

    /** A graph that is to be refused. */
    GraphDraft dealWithoutSense(long job) {
        GraphDraft graph = new GraphDraft(job).commit().cleanup();
        String none = Payloads.SUCCEED;
        return switch (random.nextInt(5)) {
            case 0 ->
                graph.stage("a", 2, none)
                        .stage("b", 2, none, "a", "d")
                        .stage("c", 1, none, "b")
                        .stage("d", 1, none, "c");
            case 1 -> graph.stage("a", 1, none, "a");
            case 2 -> graph.stage("a", 1, none).stage("b", 1, none, "nowhere");
            case 3 -> graph.stage("a", 3, none).stage("b", 2, none, "each a");
            default -> graph.stage("a", 1, none).stage("b", 1, none).stage("a", 1, none);
        };
    }

    /** Some units of one limit or both, or none. */
    private Map<String, Long> needs() {
        Map<String, Long> needs = new TreeMap<>();
        for (String limit : List.of(PolicyOperator.STEADY, PolicyOperator.CHANGING)) {
            if (random.nextInt(3) == 0) {
                needs.put(limit, 1L + random.nextInt(PolicyOperator.MOST_NEEDED));
            }
        }
        return needs;
    }

    private int array() {
        return 2 + random.nextInt(LONGEST_ARRAY - 1);
    }

    private String payload() {
        return PAYLOADS.get(random.nextInt(PAYLOADS.size()));
    }

    private When when() {
        return switch (random.nextInt(6)) {
            case 0 -> When.ANY;
            case 1 -> When.ENDED;
            default -> When.ALL;
        };
    }

    private void chain(GraphDraft graph, int length) {
        graph.stage("s0", 1 + random.nextInt(3), payload());
        for (int i = 1; i < length; i++) {
            graph.stage("s" + i, 1 + random.nextInt(3), when(), payload(), "s" + (i - 1));
        }
    }

    private void pairs(GraphDraft graph, int tasks) {
        graph.stage("a", tasks, payload())
                .stage("b", tasks, payload())
                .stage("c", tasks, when(), payload(), "each a", "each b")
                .stage("d", 1, when(), payload(), "c");
    }

    private void fan(GraphDraft graph, int width) {
        graph.stage("source", 1, payload());
        List<String> blades = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            graph.stage("blade" + i, 1 + random.nextInt(3), payload(), "source");
            blades.add("blade" + i);
        }
        graph.stage("sink", 1, when(), payload(), blades.toArray(String[]::new));
    }

    /** Stages in any order, each of which waits for some of those that were chosen before it. */
    private void any(GraphDraft graph, int stages) {
        int pairs = 2 + random.nextInt(4);
        boolean reversed = random.nextBoolean();
        List<Runnable> all = new ArrayList<>();
        for (int i = 0; i < stages; i++) {
            int number = i;
            List<String> after = Stream.iterate(0, other -> other < number, other -> other + 1)
                    .filter(other -> random.nextInt(3) == 0)
                    .map(other -> (random.nextInt(3) == 0 ? "each s" : "s") + other)
                    .toList();
            When when = when();
            String payload = payload();
            all.add(() -> graph.stage("s" + number, pairs, when, payload, after.toArray(String[]::new)));
        }
        if (reversed) {
            Collections.reverse(all);
        }
        all.forEach(Runnable::run);
    }
}
