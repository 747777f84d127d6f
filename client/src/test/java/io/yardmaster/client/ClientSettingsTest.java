package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    @Test
    void defaultsAreReadCommittedManualCommitsAndCooperativeRebalancing() {
        assertThat(with().forAssignments(4))
                .containsEntry("group.id", "yardmaster-ems")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", "false")
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("max.poll.records", 4)
                .containsEntry("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    }

    @Test
    void L9_aPoolHasATopicAndAGroupOfItsOwn() {
        ClientSettings pooled = with("dispatch.pool", "gpu", "topic.prefix", "a.", "dispatch.group", "fleet");
        assertThat(pooled.topic()).isEqualTo("a.dispatch.gpu");
        assertThat(pooled.forAssignments(1)).containsEntry("group.id", "fleet.gpu");
        assertThat(with("topic.dispatch", "x", "dispatch.pool", "gpu").topic()).isEqualTo("x.gpu");
        assertThat(with().topic()).isEqualTo("yardmaster.dispatch");
        assertThatThrownBy(() -> with("dispatch.pool", "G.1"))
                .hasMessageStartingWith("Invalid value G.1 for configuration dispatch.pool: the name of a pool has");
    }

    @Test
    void theConsumerProtocolGetsNoAssignorOfTheOldOne() {
        assertThat(with("group.protocol", "consumer").forAssignments(1))
                .containsEntry("group.protocol", "consumer")
                .doesNotContainKeys("partition.assignment.strategy", "session.timeout.ms");
    }

    @Test
    void thePrefixedKeyWinsAndForeignKeysAreLeftOut() {
        assertThat(with("fetch.min.bytes", "1", "kafka.fetch.min.bytes", "2", "active.jobs", "3")
                        .forAssignments(1))
                .containsEntry("fetch.min.bytes", "2")
                .doesNotContainKey("active.jobs");
    }

    @Test
    void aTopicIsFollowedInNoGroupAndWithoutDelay() {
        assertThat(with("group.protocol", "consumer", "group.instance.id", "a", "fetch.min.bytes", "1000000")
                        .forFollower(Topic.KILLS))
                .containsEntry("fetch.min.bytes", "1")
                .containsEntry("isolation.level", "read_committed")
                .doesNotContainKeys("group.id", "group.instance.id", "group.protocol");
    }

    @Test
    void aMemberOfAShareGroupFetchesWhatItCanRunAndAcknowledgesIt() {
        assertThat(with("dispatch.group.type", "share", "client.id", "a").forShareMember(2, 1))
                .containsEntry("group.id", "yardmaster-ems")
                .containsEntry("share.acknowledgement.mode", "explicit")
                .containsEntry("share.acquire.mode", "record_limit")
                .containsEntry("max.poll.records", 1)
                .containsEntry("client.id", "a-2")
                .doesNotContainKeys("isolation.level", "enable.auto.commit", "auto.offset.reset");
        assertThatThrownBy(() -> with("share.acquire.mode", "batch_optimized").forShareMember(1, 1))
                .hasMessageContaining("share.acquire.mode");
    }

    @Test
    void lookingAfterAGroupTakesWhatConcernsTheConnectionOnly() {
        assertThat(with("security.protocol", "SSL", "fetch.min.bytes", "1").forAdmin())
                .containsOnlyKeys("bootstrap.servers", "security.protocol");
    }

    @Test
    void outcomesAreWrittenOnceByTheDefaultPartitionerWithTheProducersSettings() {
        assertThat(with(
                                "fetch.min.bytes",
                                "1",
                                "client.id",
                                "a",
                                "kafka.compression.type",
                                "lz4",
                                "kafka.interceptor.classes",
                                "OfAConsumer")
                        .forOutcomes())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("partitioner.ignore.keys", "false")
                .containsEntry("client.id", "a-outcomes")
                .containsEntry("compression.type", "lz4")
                .containsEntry("linger.ms", "5")
                .doesNotContainKeys("fetch.min.bytes", "interceptor.classes", "key.deserializer", "isolation.level");
        assertThat(with("dispatch.group.type", "share").forOutcomes()).containsEntry("linger.ms", "0");
        assertThat(with("kafka.linger.ms", "7").forOutcomes()).containsEntry("linger.ms", "7");
        assertThat(with("kafka.linger.ms", "7").forAssignments(1)).doesNotContainKey("linger.ms");
    }

    @Test
    void producerSettingsThatWouldBreakTheGuaranteesAreNamed() {
        assertThatThrownBy(with("kafka.acks", "1")::forOutcomes).hasMessageContaining("acks");
        assertThatThrownBy(with("kafka.partitioner.class", "Mine")::forOutcomes)
                .hasMessageContaining("partitioner.class");
        assertThatThrownBy(with("kafka.transactional.id", "t")::forOutcomes).hasMessageContaining("transactional.id");
    }

    @Test
    void aMisspeltKeyIsRefusedWithTheNearestOne() {
        assertThatThrownBy(() -> with("dispatch.grup", "fleet"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("unknown setting dispatch.grup: the nearest known one is dispatch.group");
        assertThatThrownBy(() -> with("dispatch.nonsense", "1")).hasMessage("unknown setting dispatch.nonsense");
        assertThatThrownBy(() -> with("kafka.fetch.min.byte", "1"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("unknown setting kafka.fetch.min.byte: the nearest known one is kafka.fetch.min.bytes");
        assertThatThrownBy(() -> with("kafka.linger.msec", "1"))
                .hasMessage("unknown setting kafka.linger.msec: the nearest known one is kafka.linger.ms");
    }

    @Test
    void settingsOfTheSchedulerAndOfForeignClassesAreLeftOut() {
        assertThat(with(
                                "dispatch.capacity",
                                "7",
                                "kafka.num.stream.threads",
                                "2",
                                "kafka.commit.interval.ms",
                                "9",
                                "kafka.main.consumer.fetch.max.wait.ms",
                                "9",
                                "kafka.my.interceptor.colour",
                                "red")
                        .group())
                .as("settings of the scheduler")
                .isEqualTo("yardmaster-ems");
    }

    @Test
    void invalidSettingsAreNamed() {
        assertThatThrownBy(() -> new ClientSettings(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bootstrap.servers");
        assertThatThrownBy(() -> with("kafka.enable.auto.commit", "true")).hasMessageContaining("enable.auto.commit");
        assertThatThrownBy(() -> with("group.id", "mine")).hasMessageContaining("dispatch.group");
        assertThatThrownBy(() -> with("dispatch.group.type", "streams")).hasMessageContaining("dispatch.group.type");
        assertThatThrownBy(() -> with("dispatch.group", " ")).hasMessageContaining("dispatch.group");
    }

    private static ClientSettings with(String... pairs) {
        var settings = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1"));
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return new ClientSettings(settings);
    }
}
