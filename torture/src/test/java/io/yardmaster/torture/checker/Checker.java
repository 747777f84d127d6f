package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides from the topics alone whether a run kept the promises. It shares no code with the scheduler, and does not
 * know the faults.
 */
public final class Checker {
    /** The client ids of execution managers that write no outcomes begin so. */
    public static final String SILENT = "silent";

    private Checker() {}

    /**
     * The terms of a run.
     *
     * @param byGroup true if groups take turns by weight, and jobs in their groups
     * @param complete the sessions in which every task made ready must have been assigned, and every outcome read
     * @param acknowledged the number of events, commands and outcomes of the load that the brokers have acknowledged, by topic
     */
    public record Terms(
            int capacity,
            boolean byGroup,
            Duration longestStall,
            Set<Long> complete,
            Map<String, Integer> acknowledged) {}

    /**
     * The result of the check.
     *
     * @param longestNews the longest time from a session's first assignment to the last one of an older session, in
     *     another shard
     * @param answers the number of events about jobs and commands, by kind
     * @param outcomes the number of records in the topic of outcomes
     * @param owed the number of assignments that were passed by execution managers that had to write an outcome first
     * @param graphs the number of jobs that came as graphs
     * @param limits the largest part of each limit that was in use, in percent
     * @param rated the number of tasks of groups that had a rate
     * @param pooled the number of tasks of other pools than the default one
     * @param ends the number of ended assignments of which events tell, by kind
     */
    public record Result(
            Verdict verdict,
            long ready,
            long assigned,
            int mostOutstanding,
            Duration longestStall,
            Duration longestNews,
            int commands,
            Map<JobEventKind, Long> answers,
            int outcomes,
            long owed,
            Map<JobEventKind, Long> ends,
            int graphs,
            Map<String, Integer> limits,
            int rated,
            int pooled) {}

    /**
     * Reads the topics of the deployment with these settings. Nobody writes there any more, and the fleet has taken
     * all.
     */
    public static Result check(Map<String, String> settings, Terms terms) {
        Evidence evidence = new EvidenceReader(settings).read();
        Verdict verdict = new Verdict();
        checkEvents(evidence, TopicNames.from(settings), terms, verdict);
        return judge(evidence, terms, verdict);
    }

    static Result judge(Evidence evidence, Terms terms, Verdict verdict) {
        Accepted accepted = Accepted.of(evidence);
        Stories stories = Stories.of(evidence.commands());
        Offers offers = Offers.of(evidence);
        CountedOutcomes counted = CountRule.check(evidence, stories, terms.complete(), verdict);
        GraphRule.check(evidence, stories, counted, terms.complete(), verdict);
        AnswerRule.check(evidence.commands(), counted, verdict);
        StoryRule.check(evidence, stories, verdict);
        KillRule.check(evidence, verdict);
        OnceRule.check(evidence, accepted, offers, stories, terms.complete(), verdict);
        RefusalRule.check(evidence, offers, stories, counted, terms.complete(), verdict);
        Duration news = SessionRule.check(evidence, accepted, verdict);
        TurnRule.check(evidence, terms.byGroup(), accepted, offers, stories, verdict);
        PriorityRule.check(evidence, accepted, offers, stories, verdict);
        DecisionTimes times = DecisionTimes.of(evidence, accepted);
        int rated = RateRule.check(evidence, times, verdict);
        int pooled = PoolRule.check(evidence, verdict);
        TakenRule.check(evidence, verdict);
        long owed = OutcomeFirstRule.check(evidence, verdict);
        int mostOutstanding = WindowRule.mostOutstanding(evidence, counted);
        if (mostOutstanding > terms.capacity()) {
            verdict.add(Verdict.Wrong.WINDOW_EXCEEDED, mostOutstanding + " were outstanding, of " + terms.capacity());
        }
        Map<String, Integer> used = LimitRule.check(evidence, times, verdict);
        Duration stall = StallRule.longest(evidence, accepted, offers, stories, counted);
        if (stall.compareTo(terms.longestStall()) > 0) {
            verdict.add(Verdict.Wrong.STALLED, "for " + stall.toMillis() + " ms");
        }
        return new Result(
                verdict,
                accepted.size(),
                evidence.assigned().size(),
                mostOutstanding,
                stall,
                news,
                evidence.commands().asked().size(),
                answers(evidence.commands()),
                evidence.reported().size(),
                owed,
                ends(evidence.commands()),
                evidence.graphs().size(),
                used,
                rated,
                pooled);
    }

    private static Map<JobEventKind, Long> answers(CommandEvidence evidence) {
        return evidence.told().stream()
                .filter(told -> !told.isEnd())
                .collect(Collectors.groupingBy(CommandEvidence.Told::what, Collectors.counting()));
    }

    private static Map<JobEventKind, Long> ends(CommandEvidence evidence) {
        return evidence.told().stream()
                .filter(CommandEvidence.Told::isEnd)
                .collect(Collectors.groupingBy(
                        CommandEvidence.Told::what, Collectors.summingLong(CommandEvidence.Told::tasks)));
    }

    private static void checkEvents(Evidence evidence, TopicNames names, Terms terms, Verdict verdict) {
        checkEvents(names.of(Topic.READY), evidence.ready().size(), terms, verdict);
        long commits = evidence.ends().stream()
                .filter(end -> end.kind() == Evidence.EndKind.COMMIT)
                .count();
        checkEvents(names.of(Topic.COMMIT), commits, terms, verdict);
        checkEvents(names.of(Topic.CLEANUP), evidence.ends().size() - commits, terms, verdict);
        checkEvents(names.of(Topic.GRAPHS), evidence.graphRecords(), terms, verdict);
        checkEvents(names.of(Topic.COMMANDS), evidence.commands().asked().size(), terms, verdict);
        checkEvents(names.of(Topic.OUTCOMES), evidence.reported().size(), terms, verdict);
    }

    private static void checkEvents(String topic, long found, Terms terms, Verdict verdict) {
        int acknowledged = terms.acknowledged().getOrDefault(topic, 0);
        if (found < acknowledged) {
            verdict.add(Verdict.Wrong.EVENT_LOST, "%s has %d of %d".formatted(topic, found, acknowledged));
        }
    }
}
