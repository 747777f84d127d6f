package io.yardmaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareGroupSettingsTest {

    @Test
    void aNewGroupLacksTheSettingsThatAssignmentsNeed() {
        var kafkas = Map.of(
                "share.isolation.level", "read_uncommitted",
                "share.auto.offset.reset", "latest",
                "share.renew.acknowledge.enable", "true");
        assertThat(ShareGroupSettings.line(new ShareGroupSettings(Map.of()).missingIn(kafkas)))
                .isEqualTo("share.auto.offset.reset=earliest,share.isolation.level=read_committed");
    }

    @Test
    void settingsOfTheGroupAreWantedAndAPrefixWins() {
        var settings = new ShareGroupSettings(Map.of(
                "share.delivery.count.limit", "3",
                "kafka.share.delivery.count.limit", "4",
                "share.auto.offset.reset", "latest",
                "share.acquire.mode", "record_limit",
                "fetch.min.bytes", "1"));
        assertThat(settings.missingIn(Map.of()))
                .containsEntry("share.delivery.count.limit", "4")
                .containsEntry("share.auto.offset.reset", "latest")
                .hasSize(4);
        assertThat(settings.deliveryLimit(Map.of()).deliveries()).isEqualTo(4);
        assertThat(settings.deliveryLimit(Map.of("share.delivery.count.limit", "9"))
                        .deliveries())
                .isEqualTo(9);
    }

    @Test
    void invalidSettingsAreNamed() {
        assertThatThrownBy(() -> new ShareGroupSettings(Map.of("share.isolation.level", "read_uncommitted")))
                .hasMessageContaining("share.isolation.level");
        assertThatThrownBy(() -> new ShareGroupSettings(Map.of("dispatch.group.check", "no")))
                .hasMessageContaining("dispatch.group.check");
    }
}
