package io.yardmaster.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerConfigTest {

    @Test
    void withoutSettingsTheDefaultsHold() {
        SchedulerConfig config = SchedulerConfig.from(Map.of());
        assertThat(config.policy()).isEqualTo(Policy.DEFAULT);
        assertThat(config.dispatchCapacity()).hasToString("auto");
        assertThat(config.tickInterval()).isEqualTo(Duration.ofMillis(5));
        assertThat(config.dispatchGroup()).isEqualTo("yardmaster-ems");
        assertThat(config.dispatchGroupType()).isEqualTo(GroupType.CONSUMER);
        assertThat(config.events()).isEqualTo(EventDetail.JOBS);
        assertThat(config.topics().of(Topic.READY)).isEqualTo("yardmaster.ready");
        assertThat(config.stateDir()).isEqualTo(Path.of("yardmaster-data/state"));
        assertThat(config.serde()).isEmpty();
        assertThat(config.kafka()).isEqualTo(Map.of("application.id", "yardmaster", "num.stream.threads", "1"));
    }

    @Test
    void settingsOverrideDefaults() {
        SchedulerConfig config = SchedulerConfig.from(Map.of(
                "active.jobs", "16",
                "commit.per.cycle", "4",
                "fairness", "resource-group",
                "topic.prefix", "ci-",
                "topic.dead-letter", "bad",
                "schema.registry.url", "mock://test",
                "serde.http.read.timeout.ms", "9",
                "kafka.bootstrap.servers", "one:9092,two:9092",
                "kafka.application.id", "night",
                "kafka.num.stream.threads", "2"));
        assertThat(config.policy().activeJobs()).isEqualTo(16);
        assertThat(config.policy().commitPerCycle()).isEqualTo(4);
        assertThat(config.policy().fairness()).isEqualTo(Fairness.RESOURCE_GROUP);
        assertThat(config.topics().of(Topic.COMMIT)).isEqualTo("ci-commit");
        assertThat(config.topics().deadLetter()).isEqualTo("bad");
        assertThat(config.serde()).isEqualTo(Map.of("schema.registry.url", "mock://test", "http.read.timeout.ms", "9"));
        assertThat(config.kafka())
                .isEqualTo(Map.of(
                        "bootstrap.servers",
                        "one:9092,two:9092",
                        "application.id",
                        "night",
                        "num.stream.threads",
                        "2"));
    }

    @Test
    void theExecutionManagersMayBeAShareGroup() {
        assertThat(SchedulerConfig.from(Map.of("dispatch.group.type", "share")).dispatchGroupType())
                .isEqualTo(GroupType.SHARE);
    }

    @Test
    void eventsAboutTasksMayBeWrittenToo() {
        assertThat(SchedulerConfig.from(Map.of("events", "tasks")).events()).isEqualTo(EventDetail.TASKS);
    }

    @ParameterizedTest
    @CsvSource({"5ms,5", "5,5", "2s,2000", "2 s,2000", "PT0.25S,250", "' 1m ',60000"})
    void durationsAreReadAsPeopleWriteThem(String text, long millis) {
        assertThat(SchedulerConfig.from(Map.of("tick.interval", text)).tickInterval())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest(name = "C13: {0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "active.jobs|0|must be a whole number from 1 to 1000000",
                "active.jobs|-1|must be a whole number from 1 to 1000000",
                "active.jobs|many|must be a whole number from 1 to 1000000",
                "active.jobs|''|must be a whole number from 1 to 1000000",
                "dispatch.capacity|0|must be auto or a whole number from 1 to 1000000",
                "dispatch.capacity|99999999999|must be auto or a whole number from 1 to 1000000",
                "commit.per.cycle|0|must be a whole number from 1 to 1000000",
                "cleanup.per.cycle|0|must be a whole number from 1 to 1000000",
                "tick.interval|0|must be a duration from 1ms to 1m, written like 5ms, 2s, 6h, PT6H or as milliseconds",
                "finalizing.expiry|-6h|must be a duration from 1ms to 365d, written like 5ms, 2s, 6h, PT6H or as"
                        + " milliseconds",
                "dedup.expiry|soon|must be a duration from 1ms to 365d, written like 5ms, 2s, 6h, PT6H or as"
                        + " milliseconds",
                "fairness|tenant|must be job or resource-group or weighted or drf",
                "events|all|must be none or jobs or tasks",
                "dispatch.group.type|queue|must be consumer or share",
                "dispatch.group|' '|must be the id of a group",
                "http.listen|7070|must be host:port, such as 127.0.0.1:7070 (port 0: any free one)",
                "http.listen|localhost:70700|must be host:port, such as 127.0.0.1:7070 (port 0: any free one)",
                "auto.register.schemas|yes|must be true or false",
                "topic.prefix|a b.|a topic's name must be 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'",
                "topic.ready|..|a topic's name must be 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'",
                "topic.commit|yardmaster_ready|must differ from the name that topic.ready has",
                "kafka.poll.ms|two|Not a number of type LONG",
                "kafka.num.stream.threads|0|must be a whole number from 1 to 1000",
                "kafka.acks|sometimes|String must be one of: all, -1, 0, 1",
            })
    void C13_aWrongValueIsRefusedWithItsKeyAndWhatIsAllowed(String key, String value, String problem) {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(key + "=" + value + ": " + problem);
    }

    @Test
    void anUnknownSettingIsRefusedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("active.job", "3")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("unknown setting active.job: the nearest known one is active.jobs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|",
                "bootstrap.servers|kafka.bootstrap.servers",
                "kafka.bootstrap.serverz|kafka.bootstrap.servers",
                "kafka.nonsense|",
                "kafka.producer.lingerms|kafka.producer.linger.ms",
                "kafka.consumer.linger.ms|kafka.producer.linger.ms",
                "kafka.topic.retenton.ms|kafka.topic.retention.ms",
                "serde.http.read.timeout|serde.http.read.timeout.ms",
                "serde.http.read.timeout.m|serde.http.read.timeout.ms",
                "serde.schema.registry.url|schema.registry.url",
                "schema.registry.nonsense|",
                "schema.registry.ssl.trustore.location|schema.registry.ssl.truststore.location",
                "basic.auth.userinfo|basic.auth.user.info",
            })
    void aKeyThatNobodyReadsIsRefused(String key, String nearest) {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of(key, "x")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "unknown setting " + key + (nearest == null ? "" : ": the nearest known one is " + nearest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.security.protocol=SSL",
                "kafka.main.consumer.max.poll.records=1",
                "kafka.restore.consumer.fetch.max.bytes=1",
                "kafka.global.consumer.fetch.max.wait.ms=1",
                "kafka.consumer.session.timeout.ms=1",
                "kafka.producer.batch.size=1",
                "kafka.admin.retries=1",
                "kafka.topic.retention.ms=1",
                "kafka.metrics.jmx.include=x",
                "kafka.config.providers=env",
                "kafka.config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider",
            })
    void settingsThatKafkaReadsAreAccepted(String assignment) {
        String[] parts = assignment.split("=", 2);
        assertThat(SchedulerConfig.from(Map.of(parts[0], parts[1])).kafka())
                .containsEntry(parts[0].substring("kafka.".length()), parts[1]);
    }

    @Test
    void aClassThatIsNotKafkasMayReadAnyKeyOfKafkas() {
        Map<String, String> settings =
                Map.of("kafka.metric.reporters", "com.example.Reporter", "kafka.example.reporter.url", "x");
        assertThat(SchedulerConfig.from(settings).kafka()).containsEntry("example.reporter.url", "x");
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of(
                        "kafka.metric.reporters",
                        "org.apache.kafka.common.metrics.JmxReporter",
                        "kafka.example.reporter.url",
                        "x")))
                .hasMessage("unknown setting kafka.example.reporter.url");
    }

    @Test
    void aSerdeThatIsNotBuiltInMayReadAnyKeyOfTheSerdes() {
        Map<String, String> settings = Map.of(
                "value.serde", "com.example.Serde",
                "schema.registry.url", "http://x",
                "schema.registry.nonsense", "1",
                "basic.auth.nonsense", "2",
                "serde.nonsense", "3");
        assertThat(SchedulerConfig.from(settings).serde())
                .containsEntry("schema.registry.nonsense", "1")
                .containsEntry("basic.auth.nonsense", "2")
                .containsEntry("nonsense", "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka.processing.guarantee|at_least_once|cannot be set, it is always exactly_once_v2",
                "kafka.state.dir|x|cannot be set, state.dir names the directory",
                "kafka.application.server|x:1|cannot be set, http.advertised names the address",
                "kafka.producer.partitioner.class|x.Y|cannot be set, the scheduler has its own",
            })
    void settingsThatTheSchedulerSetsItselfAreRefused(String key, String value, String problem) {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(key + "=" + value + ": " + problem);
    }

    @Test
    void settingsThatTheBuiltInSerdeRefusesAreRefusedBeforeTheStart() {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of(
                        "schema.registry.url", "https://x", "schema.registry.ssl.truststore.location", "/no/such.p12")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("schema.registry.ssl.truststore.location=/no/such.p12: no such file")
                .extracting(e -> ((InvalidSettingException) e).key())
                .isEqualTo("schema.registry.ssl.truststore.location");
        assertThatThrownBy(() -> SchedulerConfig.from(
                        Map.of("schema.registry.url", "mock://x", "serde.http.read.timeout.ms", "0")))
                .hasMessageStartingWith("Invalid value 0 for configuration http.read.timeout.ms")
                .extracting(e -> ((InvalidSettingException) e).key())
                .isEqualTo("serde.http.read.timeout.ms");
    }

    @Test
    void aWrongSecretIsNotShown() {
        assertThatThrownBy(() -> SchedulerConfig.from(Map.of("kafka.ssl.key.password", "hunter2", "kafka.acks", "no")))
                .hasMessageNotContaining("hunter2");
        assertThat(SchedulerConfig.from(
                                Map.of("kafka.sasl.jaas.config", "hunter2", "basic.auth.user.info", "me:hunter2"))
                        .toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.ssl.key.password",
                "kafka.sasl.jaas.config",
                "basic.auth.user.info",
                "schema.registry.basic.auth.user.info",
                "kafka.ssl.keystore.key",
                "serde.bearer.auth.token",
                "schema.registry.ssl.keystore.password",
                "kafka.sasl.oauthbearer.client.credentials.client.secret"
            })
    void secretsAreMasked(String key) {
        assertThat(Secrets.mask(key, "hunter2")).doesNotContain("hunter2");
    }

    @Test
    void onlyTheUserOfAUrlIsMasked() {
        assertThat(Secrets.mask("schema.registry.url", "https://me:pw@one:8081,https://you:pw@two/x"))
                .isEqualTo("https://********@one:8081,https://********@two/x");
        assertThat(Secrets.mask("schema.registry.url", "https://me:p@ss/word@one"))
                .isEqualTo("https://********@one");
        assertThat(Secrets.mask("active.jobs", "3")).isEqualTo("3");
    }

    @Test
    void addressesAreReadWithNamesAndIpv6() {
        assertThat(HostPort.parse("[::1]:0")).contains(new HostPort("::1", 0));
        assertThat(HostPort.parse("0.0.0.0:80")).contains(new HostPort("0.0.0.0", 80));
        assertThat(HostPort.parse("::1:80")).isEmpty();
        assertThat(new HostPort("::1", 7)).hasToString("[::1]:7");
    }

    @Test
    void everyDefaultIsAnAllowedValue() {
        assertThat(Settings.ALL)
                .allSatisfy(setting -> assertThat(setting.optionalIn(Map.of()).isPresent())
                        .isEqualTo(!setting.fallback().isEmpty()));
    }
}
