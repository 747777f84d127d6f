package io.yardmaster.topology.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.view.HistoryEntry;
import io.yardmaster.schemas.TraceContext;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ShardRecordTest {
    @Test
    void anEntryNamesTheTraceOfTheRecordThatCausedItAndATickHasNone() {
        ShardRecord record = new ShardRecord(new RateHistory());
        record.tickBegins(1_000);
        var headers = new RecordHeaders();
        new TraceContext(0xABCL, 1, 2, (byte) 1, "").addTo(headers);
        record.causedBy(headers);
        record.reached(JobMilestone.BEGAN, 7);
        record.tickBegins(2_000);
        record.reached(JobMilestone.ENDED, 7);
        assertThat(record.history(7, 10))
                .extracting(HistoryEntry::detail)
                .satisfiesExactly(
                        began -> assertThat(began).endsWith("; trace 0000000000000abc0000000000000001"),
                        ended -> assertThat(ended).doesNotContain("trace"));
    }
}
