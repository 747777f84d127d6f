package io.yardmaster.app.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadyEventsCsvTest {
    private static final String HEADER = "resource_group_id,job_id,session_id,task_index,attempt\n";

    @TempDir
    Path directory;

    @Test
    void everyLineIsAnEventInTheOrderOfTheFile() throws IOException {
        assertThat(read(HEADER + "1,2,3,4,5\n\n -1 , -2 ,0,0,\n"))
                .<Object>extracting(StorageEvent::value)
                .containsExactly(new TaskReady(1L, 2L, 3L, List.of(4), 5), new TaskReady(-1L, -2L, 0L, List.of(0), 0));
    }

    @Test
    void aComplaintIsOneLineAlsoWhereACellHasMore() {
        assertThatThrownBy(() -> read("\"a\nb\",job_id\n1,2\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("unknown column 'a b'")
                .hasMessageNotContaining("\n");
    }

    @Test
    void columnsComeInAnyOrderAndIndicesAsRanges() throws IOException {
        assertThat(read("\uFEFFlane,task_indices,session_id,job_id,resource_group_id\r\n"
                        + "ready,0-3;7; 5 ,1,2,3\r\ncommit,,1,2,3\r\ncleanup,,1,4,3\r\n,9,1,2,3"))
                .<Object>extracting(StorageEvent::value)
                .containsExactly(
                        new TaskReady(3L, 2L, 1L, List.of(0, 1, 2, 3, 7, 5), 0),
                        new CommitReady(3L, 2L, 1L),
                        new CleanupReady(3L, 4L, 1L, true),
                        new TaskReady(3L, 2L, 1L, List.of(9), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            job,session_id                                        | 1,2         | 1: unknown column 'job'; columns are resource_group_id, job_id, session_id, task_index, task_indices, attempt, lane
            job_id,session_id,task_index                          | 1,2,3       | 1: column resource_group_id is missing
            resource_group_id,job_id,job_id,session_id,task_index | 1,2,3,4,5   | 1: column job_id is there twice
            resource_group_id,job_id,session_id                   | 1,2,3       | 1: one of task_index and task_indices is needed
            resource_group_id,job_id,session_id,task_index,lane   | 1,2,3,4     | 2: 4 cells, but the header has 5
            resource_group_id,job_id,session_id,task_index,lane   | 1,2,3,4,5   | 2: lane is '5', not ready, commit or cleanup
            resource_group_id,job_id,session_id,task_index,lane   | 1,2,3,4,commit | 2: task_index must be empty in lane commit
            resource_group_id,job_id,session_id,task_index        | 1,x,3,4     | 2: job_id is 'x', but must be a whole number
            resource_group_id,job_id,session_id,task_index        | 1,2,-3,4    | 2: session_id is '-3', but must be a whole number from 0 to 9223372036854775807
            resource_group_id,job_id,session_id,task_index        | 1,2,3,      | 2: task_index is '', but must be a whole number from 0 to 2147483647
            resource_group_id,job_id,session_id,task_index        | 1,2,3,2147483648 | 2: task_index is '2147483648', but
            resource_group_id,job_id,session_id,task_indices      | 1,2,3,4-    | 2: task_indices is '', but must be a whole number
            resource_group_id,job_id,session_id,task_indices      | 1,2,3,9-4   | 2: task_indices has the range 9-4, which runs backwards
            resource_group_id,job_id,session_id,task_indices      | 1,2,3,0-2147483647 | 2: task_indices names more than 1000000 tasks in one line
            resource_group_id,job_id,session_id,task_indices      | 1,2,3,'4    | 2: not CSV: Missing closing quote for value
            """)
    void aMistakeIsNamedWithItsLine(String header, String line, String message) {
        assertThatThrownBy(() -> read(header + "\n" + line.replace('\'', '"')))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file() + ":" + message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void allWrongLinesAreNamedUpToTen() {
        String lines = IntStream.range(0, 15)
                .mapToObj(i -> i % 5 == 0 ? "1,2,3,4,5" : "1,2,3,4,x")
                .collect(Collectors.joining("\n"));

        assertThatThrownBy(() -> read(HEADER + lines))
                .satisfies(thrown -> assertThat(thrown.getMessage().lines())
                        .hasSize(11)
                        .startsWith(file() + ":3: attempt is 'x', but must be a whole number from 0 to 2147483647")
                        .endsWith(file() + ": and 2 more wrong lines"));
    }

    @Test
    void aFileNamesMoreTasksThanFitInMemory() throws IOException {
        String aMillion = "1,2,3,0-999999\n";
        // A list of them would need 20 bytes for each.
        long most = Runtime.getRuntime().maxMemory() / 20 / 1_000_000;
        Files.writeString(file(), HEADER.replace("task_index,attempt", "task_indices"));
        for (long line = 0; line <= most; line++) {
            Files.writeString(file(), aMillion, StandardOpenOption.APPEND);
        }

        long events = ReadyEventsCsv.forEach(file(), event -> {});

        assertThat(events).isEqualTo((most + 1) * 1_000_000 / StorageEvent.MAX_INDICES);
    }

    @Test
    void aFileWithoutEventsIsRefused() {
        assertThatThrownBy(() -> read("")).hasMessage(file() + ": has no events");
        assertThatThrownBy(() -> read(HEADER)).hasMessage(file() + ": has no events");
    }

    @Test
    void anUnknownFileIsRefused() {
        assertThatThrownBy(() -> read()).hasMessage(file() + ": no such file");
    }

    private List<StorageEvent<?>> read(String csv) throws IOException {
        Files.writeString(file(), csv);
        return read();
    }

    private List<StorageEvent<?>> read() {
        List<StorageEvent<?>> events = new ArrayList<>();
        assertThat(ReadyEventsCsv.forEach(file(), events::add)).isEqualTo(events.size());
        return events;
    }

    private Path file() {
        return directory.resolve("events.csv");
    }
}
