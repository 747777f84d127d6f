package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.TaskReady;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApicurioIT {
    private static Apicurio registry;

    @BeforeAll
    static void start() {
        registry = NewerJava.home(Apicurio.LEAST_JAVA).map(Apicurio::new).orElse(null);
    }

    @BeforeEach
    void isThere() {
        assumeTrue(
                registry != null,
                () -> "the registry needs Java " + Apicurio.LEAST_JAVA
                        + ": none is installed beside the tests' own, and -D" + NewerJava.HOME + " names none");
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private static <T extends SpecificRecord> AvroSerde<T> newSerde() {
        return Samples.serde(registry.url());
    }

    private static SchemaRegistry client() {
        return new SerdeSettings(Map.of("schema.registry.url", registry.url())).registry();
    }

    @Test
    void aSchemaThatOneSerdeRegisteredAnotherReadsById() {
        for (SpecificRecord record : Samples.ofEachType()) {
            byte[] bytes = newSerde().serializer().serialize("round-trip", record);

            assertThat(newSerde().deserializer().deserialize("round-trip", bytes))
                    .isEqualTo(record);
        }
    }

    @Test
    void aSchemaKeepsItsId() {
        byte[] one = newSerde().serializer().serialize("same", Samples.taskReady(1));
        byte[] two = newSerde().serializer().serialize("same", Samples.taskReady(1));

        assertThat(one).isEqualTo(two);
    }

    @Test
    void olderVersionsAreRead() {
        int id = client().register("older-value", Samples.older("Session"));
        byte[] old = {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id, 6};

        assertThat(newSerde().deserializer().deserialize("older", old)).isEqualTo(new Session(3L));
    }

    @Test
    void everySchemaMayFollowItsOlderVersions() throws Exception {
        for (SpecificRecord record : Samples.ofEachType()) {
            String name = record.getSchema().getName();
            client().register(name + "-value", Samples.older(name));
            registry.requireBackwardCompatibility(name + "-value");
            client().register(name + "-value", Samples.version1(name));

            assertThat(newSerde().serializer().serialize(name, record)).isNotEmpty();
        }
    }

    @Test
    void anIncompatibleSchemaIsRefused() throws Exception {
        Schema other = SchemaBuilder.record("io.yardmaster.schemas.CommitReady")
                .fields()
                .requiredString("job")
                .endRecord();
        client().register("strict-value", other);
        registry.requireBackwardCompatibility("strict-value");

        assertThatThrownBy(() -> newSerde().serializer().serialize("strict", new CommitReady(1L, 2L, 3L)))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContainingAll(registry.url(), "io.yardmaster.schemas.CommitReady", "strict-value", "409");
    }

    @Test
    void anUnknownIdIsUnreadable() {
        byte[] unknown = {0, 0, 0x7f, 0, 0, 0};

        assertThatThrownBy(() -> newSerde().deserializer().deserialize("lane", unknown))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContainingAll("topic lane", registry.url(), "schema id 8323072");
    }

    @Test
    void withoutAutoRegistrationOnlyRegisteredSchemasAreWritten() {
        AvroSerde<CleanupReady> manual =
                Samples.serde(Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "false"));
        CleanupReady cleanup = new CleanupReady(1L, 2L, 3L, true);
        assertThatThrownBy(() -> manual.serializer().serialize("manual", cleanup))
                .isInstanceOf(UnregisteredSchemaException.class);

        byte[] bytes = newSerde().serializer().serialize("manual", cleanup);

        assertThat(manual.serializer().serialize("manual", cleanup)).isEqualTo(bytes);
    }

    @Test
    void aWrongPathIsNoUnknownId() {
        AvroSerde<TaskReady> serde = Samples.serde(registry.url() + "/wrong");

        assertThatThrownBy(() -> serde.deserializer().deserialize("lane", new byte[] {0, 0, 0, 0, 1, 0}))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("no schema registry at this address");
    }

    /** Runs last, since all tests share one registry: to start another takes longer than all other tests together. */
    @Test
    @Order(Integer.MAX_VALUE)
    void knownSchemasGoOnAfterTheRegistryIsKilled() {
        AvroSerde<TaskReady> serde = newSerde();
        byte[] bytes = serde.serializer().serialize("lane", Samples.taskReady(1));
        serde.deserializer().deserialize("lane", bytes);

        registry.close();

        assertThat(serde.serializer().serialize("lane", Samples.taskReady(1))).isEqualTo(bytes);
        assertThat(serde.deserializer().deserialize("lane", bytes)).isEqualTo(Samples.taskReady(1));
        assertThatThrownBy(() -> serde.serializer().serialize("other", Samples.taskReady(1)))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll(registry.url(), "other-value");
        assertThatThrownBy(() -> serde.deserializer().deserialize("lane", new byte[] {0, 0, 0, 0, 99, 0}))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContainingAll(registry.url(), "topic lane", "schema id 99");
    }
}
