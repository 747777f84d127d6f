package io.yardmaster.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordLinesTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final RecordLines lines = new RecordLines();

    private RecordedRecord read(String line) throws IOException {
        byte[] bytes = (line + "behind it").getBytes(StandardCharsets.UTF_8);
        return lines.read(bytes, bytes.length - "behind it".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'topic':'ready','partition':1,'offset':2,'timestamp':3,'key':'4','value':{'task_indices':[0,1]}}",
                "{'topic':'ready','partition':1,'offset':9000000000,'timestamp':-3,'key':'','value':null}",
                "{'topic':'ready','partition':1,'offset':2,'timestamp':3,'key':'4'}",
                "{'value':{'a':{'topic':'commit'}},'key':'4','timestamp':3,'offset':2,'partition':0,'topic':'dispatch'}",
                "{'topic':'outcomes','partition':1,'offset':2,'timestamp':3,'key':'4','expects':'new','refused':'no',"
                        + "'shard':5,'number':6,'ticks':'AA==','value':{}}",
            })
    void aPlainLineHasTheRecordThatItsTreeHas(String quoted) throws IOException {
        String line = quoted.replace('\'', '"');
        assertThat(read(line)).isNotNull().isEqualTo(RecordedRecord.of(JSON.readTree(line)));
        // Nothing is left of the line before.
        String least = "{\"topic\":\"ready\",\"partition\":1,\"offset\":2,\"timestamp\":3,\"key\":\"4\"}";
        assertThat(read(least)).isEqualTo(RecordedRecord.of(JSON.readTree(least)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{'block':1,'records':0}",
                "{'end':true,'records':0}",
                "{'topic':'nowhere','partition':1,'offset':2,'timestamp':3,'key':'4','value':{}}",
                "{'topic':7,'partition':1,'offset':2,'timestamp':3,'key':'4','value':{}}",
                "{'topic':'ready','partition':1,'offset':2,'timestamp':3,'value':{}}",
                "{'topic':'ready','partition':1,'timestamp':3,'key':'4','value':{}}",
                "{'topic':'ready','partition':1.5,'offset':2,'timestamp':3,'key':'4','value':{}}",
                "{'topic':'ready','partition':9000000000,'offset':2,'timestamp':3,'key':'4','value':{}}",
                "{'topic':'ready','partition':1,'offset':99999999999999999999,'timestamp':3,'key':'4','value':{}}",
                "{'topic':'ready','partition':1,'offset':'2','timestamp':3,'key':'4','value':{}}",
                "{'topic':'ready','partition':1,'offset':2,'timestamp':3,'key':'4','shard':null,'value':{}}",
                "{'topic':'ready','partition':1,'offset':2,'timestamp':3,'key':'4','shard':9000000000,'value':{}}",
                "{'topic':'ready','partition':1,'offset':2,'timestamp':3,'key':'4','new':{'topic':1},'value':{}}",
            })
    void otherLinesAreLeftToTheTree(String quoted) throws IOException {
        assertThat(read(quoted.replace('\'', '"'))).isNull();
    }
}
