package io.yardmaster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void aDiskWithTooLittleRoomIsOneLineWithBothSizesAndNothingIsCreated() {
        Path data = temp.resolve("not/yet/there");
        List<Path> asked = new ArrayList<>();
        assertThatThrownBy(() -> DataDirectory.check(data, directory -> {
                    asked.add(directory);
                    return DataDirectory.LEAST_FREE - 1;
                }))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessage("data directory " + data + ": has room for 63 MB, and at least 64 are needed");
        assertThat(asked).containsExactly(temp);
        DataDirectory.check(data, directory -> DataDirectory.LEAST_FREE);
        assertThat(temp).isEmptyDirectory();
    }
}
