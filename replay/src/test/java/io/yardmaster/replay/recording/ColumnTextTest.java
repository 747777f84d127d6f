package io.yardmaster.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTextTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static List<JsonNode> values(String list) throws JsonProcessingException {
        List<JsonNode> values = new ArrayList<>();
        JSON.readTree(list.replace('\'', '"')).forEach(values::add);
        return values;
    }

    private static RecordColumn read(String line, int rows) {
        byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ColumnText.read(ColumnText.name(bytes), bytes, new RecordTable("ready", rows));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[7,7]                                        | 'all':7",
                "['x','x','x']                                | 'all':'x'",
                "[null,null]                                  | 'all':null",
                "[3,5,-4]                                     | 'steps':[3,2,-9]",
                "[-9223372036854775808,9223372036854775807,0] | 'steps':[-9223372036854775808,-1,-9223372036854775807]",
                "['3','5','-4']                               | 'digits':[3,2,-9]",
                "['3','05']                                   | 'values':['3','05']",
                "['3','-0']                                   | 'values':['3','-0']",
                "['3','9223372036854775808']                  | 'values':['3','9223372036854775808']",
                "['3',5]                                      | 'values':['3',5]",
                "[3,9223372036854775808]                      | 'values':[3,9223372036854775808]",
                "[1,0.5]                                      | 'values':[1,0.5]",
                "[[4],[],[5,3]]                               | 'lists':[1,4,0,2,1,-2]",
                "[[],[5],[]]                                  | 'lists':[0,1,5,0]",
                "[[4],[0.5]]                                  | 'values':[[4],[0.5]]",
                "[{'a':1},{'b':[]}]                           | 'values':[{'a':1},{'b':[]}]",
            })
    void valuesAreReadAsTheyWereWritten(String list, String expected) throws JsonProcessingException {
        List<JsonNode> values = values(list);
        String line = ColumnText.write("value.a", values, null).toString();
        assertThat(line.replace('"', '\'')).isEqualTo("{'column':'value.a'," + expected + "}");
        RecordColumn column = read(line, values.size());
        for (int row = 0; row < values.size(); row++) {
            assertThat(column.value(row)).isEqualTo(values.get(row));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'steps'", "'digits'", "'lists'"})
    void listsThatAreNotOfNumbersOrTooShortOrTooLongAreRefused(String field) {
        for (String list : List.of(
                "",
                "[",
                "[]",
                "[1]",
                "[1,2",
                "[1,2]",
                "[1,,2]",
                "[1,-,1]",
                "[1,2,1,'4']",
                "[1,2,1,4.5]",
                "[ 1,2,1,4]",
                "[1,2,1,4,5]",
                "[1,2,1,4],'b':1",
                "[1,2,1,12345678901234567890]",
                "[3,2,1,4]",
                "[-1,2,1,4,5,6,7]",
                "7")) {
            assertThatIllegalArgumentException()
                    .as(list)
                    .isThrownBy(() -> read("{'column':'a'," + field + ":" + list + "}", 3))
                    .withMessageNotContaining("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'column':'a'}",
                "{'column':'a','values':[1]}",
                "{'column':'a','values':7}",
                "{'column':'a",
                "{'column':'a','by_partition':[1,1]}"
            })
    void otherLinesAreRefused(String line) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> read(line, 2))
                .withMessageNotContaining("\n");
    }
}
