package io.yardmaster.app.work;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class WrittenTextTest {

    @Test
    void textThatTheLocaleCannotPassOnIsRefused() {
        assertRefused("echo größe", US_ASCII);
        assertRefused("echo gr\ufffd\ufffd\ufffd\ufffde", US_ASCII);
        assertRefused("echo gr\ufffdn", UTF_8);
        assertRefused("echo \u0142", ISO_8859_1);
    }

    @Test
    void textThatTheLocaleHasIsNot() {
        assertExact("echo größe", UTF_8);
        assertExact("echo größe", ISO_8859_1);
        assertExact("echo gr????e {job}", US_ASCII);
    }

    private static void assertExact(String line, Charset passed) {
        assertThatCode(() -> WrittenText.requireExact(line, passed)).doesNotThrowAnyException();
    }

    private static void assertRefused(String line, Charset passed) {
        assertThatThrownBy(() -> WrittenText.requireExact(line, passed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be passed on as it was written")
                .hasMessageContaining("set LC_ALL to one with UTF-8");
    }
}
