package io.yardmaster.app.work;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenTextTest {

    @Test
    void whatTheLocaleCannotPassOnIsRefused() {
        assertRefused("echo gr????e", US_ASCII, "--exec=echo größe".getBytes(UTF_8));
        assertRefused("echo gr????e", US_ASCII, "echo größe".getBytes(UTF_8));
        assertRefused("echo gr\ufffd\ufffd\ufffd\ufffde", US_ASCII, "echo größe".getBytes(UTF_8));
        assertRefused("echo größe", US_ASCII);
        assertRefused("echo gr\ufffdn", UTF_8, "echo grün".getBytes(ISO_8859_1));
    }

    @Test
    void whatArrivesAsItWasWrittenIsNot() {
        assertExact("echo gr????e", US_ASCII, "--exec=echo gr????e".getBytes(UTF_8), "größe".getBytes(UTF_8));
        assertExact("echo größe", UTF_8, "--exec".getBytes(UTF_8), "echo größe".getBytes(UTF_8));
        assertExact("echo gr\u00c3\u00b6\u00c3\u009fe", ISO_8859_1, "echo größe".getBytes(UTF_8));
        assertExact("echo {job}", US_ASCII);
    }

    private static void assertExact(String line, Charset passed, byte[]... arguments) {
        assertThatCode(() -> WrittenText.requireExact(line, passed, List.of(arguments)))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(String line, Charset passed, byte[]... arguments) {
        assertThatThrownBy(() -> WrittenText.requireExact(line, passed, List.of(arguments)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be passed on as it was written")
                .hasMessageContaining("set LC_ALL to one with UTF-8");
    }
}
