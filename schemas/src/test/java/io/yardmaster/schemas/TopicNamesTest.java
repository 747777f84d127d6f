package io.yardmaster.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicNamesTest {
    @Test
    void defaultsAreTheContractsNames() {
        TopicNames names = TopicNames.defaults();

        assertThat(names.of(Topic.READY)).isEqualTo("yardmaster.ready");
        assertThat(names.of(Topic.COMMIT)).isEqualTo("yardmaster.commit");
        assertThat(names.of(Topic.CLEANUP)).isEqualTo("yardmaster.cleanup");
        assertThat(names.of(Topic.DISPATCH)).isEqualTo("yardmaster.dispatch");
        assertThat(names.of(Topic.SESSIONS)).isEqualTo("yardmaster.sessions");
        assertThat(names.deadLetter()).isEqualTo("yardmaster.dead-letter");
    }

    @Test
    void aPrefixReplacesTheDefaultOne() {
        TopicNames names = TopicNames.from(Map.of("topic.prefix", "site-a."));

        assertThat(names.of(Topic.READY)).isEqualTo("site-a.ready");
        assertThat(names.deadLetter()).isEqualTo("site-a.dead-letter");
    }

    @Test
    void anEmptyPrefixLeavesTheId() {
        assertThat(TopicNames.from(Map.of("topic.prefix", "")).of(Topic.READY)).isEqualTo("ready");
    }

    @Test
    void aConfiguredNameReplacesPrefixAndId() {
        TopicNames names = TopicNames.from(
                Map.of("topic.prefix", "site-a.", "topic.ready", "events", "topic.dead-letter", "bin", "other", "x"));

        assertThat(names.of(Topic.READY)).isEqualTo("events");
        assertThat(names.deadLetter()).isEqualTo("bin");
        assertThat(names.of(Topic.COMMIT)).isEqualTo("site-a.commit");
    }
}
