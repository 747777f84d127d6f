package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PartitionsLogTest {
    @Test
    void manyPartitionsAreFewWords() {
        assertThat(PartitionsLog.text(new TreeSet<>())).isEqualTo("none");
        assertThat(PartitionsLog.text(new TreeSet<>(List.of(0)))).isEqualTo("0");
        assertThat(PartitionsLog.text(new TreeSet<>(List.of(0, 1, 2, 5, 7, 8)))).isEqualTo("0-2, 5, 7-8");
    }
}
