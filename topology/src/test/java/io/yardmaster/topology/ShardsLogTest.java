package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ShardsLogTest {
    @Test
    void manyPartitionsAreFewWords() {
        assertThat(ShardsLog.text(new TreeSet<>())).isEqualTo("none");
        assertThat(ShardsLog.text(new TreeSet<>(List.of(0)))).isEqualTo("0");
        assertThat(ShardsLog.text(new TreeSet<>(List.of(0, 1, 2, 5, 7, 8)))).isEqualTo("0-2, 5, 7-8");
    }
}
