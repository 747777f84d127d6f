package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.RetryRule;
import io.yardmaster.core.values.TaskEnd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of the policy for which tasks are tried again (G4). */
class RetryRulesTest {
    private final GraphFixture graphs = GraphFixture.withActiveJobs(4);

    private void follow(RetryRule... rules) {
        graphs.core.follow(LivePolicy.NONE.withRetries(List.of(rules)));
    }

    private static RetryRule rule(TaskEnd end, String reason, int attempts) {
        return new RetryRule(null, end, reason, attempts, 0, RetryRule.NO_LIMIT);
    }

    @Test
    void G4_theFirstRuleThatMatchesDecidesAndNotTheStage() {
        follow(rule(TaskEnd.FAILED, "ran longer than", 1), rule(TaskEnd.FAILED, "", 2));
        graphs.submit("A", graph().stage("a", 2).attempts(5, 0).goesOn());
        graphs.tick();
        assertThat(graphs.failBecause("disk full", "A.0")).isEmpty();
        assertThat(graphs.failBecause("ran longer than 5 ms", "A.1")).isEmpty();
        assertThat(graphs.restart().tick()).containsExactly("A.0#1");
        assertThat(graphs.fail("A.0#1")).anyMatch(news -> news.startsWith("A failed"));
    }

    @Test
    void G4_whereNoRuleMatchesTheStageDecides() {
        follow(rule(TaskEnd.KILLED, "", 9), rule(TaskEnd.FAILED, "no licence", 1));
        graphs.submit("A", graph().stage("a", 1).attempts(2, 0));
        graphs.tick();
        graphs.failBecause("disk full", "A.0");
        assertThat(graphs.tick()).containsExactly("A.0#1");
        assertThat(graphs.failBecause("disk full", "A.0#1")).isNotEmpty();
    }

    @Test
    void G4_aKilledTaskIsTriedAgainByARuleAlone() {
        graphs.submit("A", graph().stage("a", 1).attempts(3, 0));
        graphs.submit("B", graph().stage("a", 1));
        graphs.tick();
        assertThat(graphs.kill("A.0")).anyMatch(news -> news.startsWith("A failed"));
        follow(rule(TaskEnd.KILLED, "", 2));
        assertThat(graphs.kill("B.0")).isEmpty();
        assertThat(graphs.restart().tick()).containsExactly("B.0#1");
    }

    @Test
    void G4_theRuleSaysHowLongTheBackoffIs() {
        follow(new RetryRule(null, TaskEnd.FAILED, "", 4, 10_000, RetryRule.NO_LIMIT));
        graphs.submit("A", graph().stage("a", 1).attempts(2, 1));
        graphs.tick();
        graphs.fail("A.0");
        assertThat(graphs.pass(8).tick()).isEmpty();
        assertThat(graphs.restart().pass(5).tick()).containsExactly("A.0#1");
        graphs.fail("A.0#1");
        assertThat(graphs.pass(18).tick()).isEmpty();
        assertThat(graphs.pass(5).tick()).containsExactly("A.0#2");
    }

    @Test
    void G4_theRetriesOfAJobAreCountedOverItsTasks() {
        follow(new RetryRule(null, null, "", 100, 0, 3));
        graphs.submit("A", graph().stage("a", 2).goesOn());
        graphs.tick();
        graphs.fail("A.0");
        graphs.kill("A.1");
        assertThat(graphs.restart().tick()).containsExactly("A.0#1", "A.1#1");
        graphs.fail("A.1#1");
        assertThat(graphs.restart().tick()).containsExactly("A.1#2");
        graphs.fail("A.0#1");
        graphs.fail("A.1#2");
        assertThat(graphs.pass(5).tick()).isEmpty();
        assertThat(graphs.core.log().assignments()).hasSize(5);
    }

    @Test
    void G4_aRuleMayBeAboutTheJobsOfOneGroup() {
        follow(new RetryRule(7L, TaskEnd.FAILED, "", 2, 0, RetryRule.NO_LIMIT));
        graphs.submit("A", graph().stage("a", 1).group(7));
        graphs.submit("B", graph().stage("b", 1).group(8));
        graphs.tick();
        graphs.fail("A.0");
        graphs.fail("B.0");
        assertThat(graphs.tick()).containsExactly("A.0#1");
    }

    @Test
    void G4_aJobThatHasFailedRetriesNothingByARule() {
        graphs.submit("A", graph().stage("a", 2));
        graphs.tick();
        graphs.fail("A.0");
        follow(rule(null, "", 9));
        graphs.core.outcome(TaskEnd.KILLED, "A.1");
        assertThat(graphs.pass(3).tick()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "REFUSED"})
    void aRuleAboutTasksThatAreNotOverOrWellIsRefused(TaskEnd end) {
        assertThatThrownBy(() -> rule(end, "", 2))
                .hasMessage("a rule is about tasks that FAILED or were KILLED, not " + end);
    }
}
