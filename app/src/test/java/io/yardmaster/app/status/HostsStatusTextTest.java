package io.yardmaster.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.api.HostsAnswer.PoolAnswer;
import io.yardmaster.app.api.HostsAnswer.ResourceAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostsStatusTextTest {
    @Test
    void aPoolIsAFewLinesHoweverManyHostsItHas() {
        ResourceAnswer gpu = new ResourceAnswer(
                "gpu", 20_000, 17_000, 2, "node17", List.of(1_000, 0, 0, 0, 0, 500, 0, 0, 0, 0, 8_500));
        assertThat(HostsStatusText.of(List.of(new PoolAnswer("gpu", 10_000, 3, 1, 70_000, 12, 90_000, List.of(gpu)))))
                .containsExactly(
                        "pool gpu  10,000 hosts, 3 silent, 1 overbooked, 70,000 tasks on them, 12 without a host (hosts are reserved for 90 s)",
                        "resource                        booked                    of  largest free                      hosts by use",
                        "gpu                             17,000                20,000  2 on node17                       |▁    ▁    █|");
    }

    @Test
    void noPoolIsALine() {
        assertThat(HostsStatusText.of(List.of())).containsExactly("no pool places tasks on hosts, or none has hosts");
    }
}
