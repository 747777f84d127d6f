package io.yardmaster.torture.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each mutation finds the code that it breaks. */
class PatchesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aMutationChangesItsClass(Mutation mutation) {
        Path classes = Patches.mutation(directory, mutation);
        assertThat(Files.isRegularFile(classes.resolve(mutation.className().replace('.', '/') + ".class")))
                .isTrue();
    }
}
