package io.yardmaster.app.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.RunningTask;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobDetail;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobView;
import io.yardmaster.topology.views.DeadLetter;
import io.yardmaster.topology.views.InstanceSnapshot;
import io.yardmaster.topology.views.ShardLoad;
import io.yardmaster.topology.views.ShardSummary;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes records as JSON, and reads them. The API has names with underscores, ids as strings, constants in lower case with dashes, and
 * null for an empty optional. Answers between instances have Java's names outside of {@link JobDetail} and
 * {@link JobView}.
 */
public final class Json {
    /** An older or newer instance may send fewer or more fields than this one knows. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withConfigOverride(
                    List.class, lists -> lists.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .addMixIn(JobView.class, JobViewNames.class)
            .addMixIn(JobDetail.class, JobDetailNames.class)
            .addMixIn(DeadLetter.class, DeadLetterNames.class)
            .addMixIn(JobLocation.class, JobLocationNames.class)
            .addMixIn(InstanceSnapshot.class, JavaNames.class)
            .addMixIn(InstanceSnapshot.WindowState.class, JavaNames.class)
            .addMixIn(ShardSummary.class, JavaNames.class)
            .addMixIn(ShardSummary.GroupSummary.class, JavaNames.class)
            .addMixIn(LimitUse.class, JavaNames.class)
            .addMixIn(ShardLoad.class, JavaNames.class)
            .addMixIn(StageLoad.class, JavaNames.class)
            .addMixIn(OpenGraph.class, JavaNames.class)
            .addMixIn(RunningTask.class, JavaNames.class)
            .build();

    private Json() {}

    interface JobViewNames {
        @JsonSerialize(using = ToStringSerializer.class)
        long job();

        @JsonSerialize(using = OptionalId.class)
        OptionalLong group();

        @JsonSerialize(using = OptionalId.class)
        OptionalLong session();

        @JsonIgnore
        boolean exact();
    }

    interface JobDetailNames {
        @JsonUnwrapped
        JobView view();
    }

    @JsonIgnoreProperties({"key", "place"})
    interface DeadLetterNames {}

    @JsonNaming(LowerCamelCaseStrategy.class)
    interface JobLocationNames {
        @JsonProperty("job")
        JobDetail detail();
    }

    @JsonNaming(LowerCamelCaseStrategy.class)
    interface JavaNames {}

    private static final class OptionalId extends StdSerializer<OptionalLong> {
        private static final long serialVersionUID = 1L;

        OptionalId() {
            super(OptionalLong.class);
        }

        @Override
        public void serialize(OptionalLong id, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (id.isPresent()) {
                json.writeString(Long.toString(id.getAsLong()));
            } else {
                json.writeNull();
            }
        }
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON: " + e.getMessage(), e);
        }
    }
}
