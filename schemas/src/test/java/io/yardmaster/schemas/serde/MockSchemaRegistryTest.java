package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import org.junit.jupiter.api.Test;

class MockSchemaRegistryTest {
    @Test
    void theSameSchemaHasTheSameIdUnderEverySubject() {
        SchemaRegistry registry = MockSchemaRegistry.named("ids");

        assertThat(registry.register("a", TaskReady.getClassSchema())).isEqualTo(1);
        assertThat(registry.register("a", CommitReady.getClassSchema())).isEqualTo(2);
        assertThat(registry.register("b", TaskReady.getClassSchema())).isEqualTo(1);
        assertThat(registry.byId(2)).isEqualTo(CommitReady.getClassSchema());
        assertThat(registry.idOf("b", TaskReady.getClassSchema())).isEqualTo(1);
    }

    @Test
    void unknownIdsAndSchemasAreRefused() {
        SchemaRegistry registry = MockSchemaRegistry.named("empty");
        registry.register("a", TaskReady.getClassSchema());

        assertThatThrownBy(() -> registry.byId(2))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("schema registry mock://empty does not know schema id 2");
        assertThatThrownBy(() -> registry.byId(0)).isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> registry.idOf("b", TaskReady.getClassSchema()))
                .isInstanceOf(UnregisteredSchemaException.class);
        assertThatThrownBy(() -> registry.idOf("a", CommitReady.getClassSchema()))
                .isInstanceOf(UnregisteredSchemaException.class);
    }

    @Test
    void registriesOfDifferentNamesShareNothing() {
        MockSchemaRegistry.named("one").register("a", TaskReady.getClassSchema());

        assertThatThrownBy(() -> MockSchemaRegistry.named("two").byId(1)).isInstanceOf(UnreadableRecordException.class);
    }
}
