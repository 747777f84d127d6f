package io.yardmaster.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void isWrittenAsItWasRead() {
        Headers written = new RecordHeaders();
        read(PARENT, "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE").orElseThrow().addTo(written);
        assertThat(text(written, "traceparent")).isEqualTo(PARENT);
        assertThat(text(written, "tracestate")).isEqualTo("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
    }

    @Test
    void withoutStateThereIsNoSuchHeader() {
        Headers written = new RecordHeaders();
        read(PARENT).orElseThrow().addTo(written);
        assertThat(written.headers("tracestate")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
            })
    void anInvalidParentIsIgnored(String parent) {
        assertThat(read(parent, "a=1")).isEmpty();
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() {
        assertThat(read("cc" + PARENT.substring(2) + "-more").orElseThrow().parent())
                .isEqualTo(PARENT);
    }

    @Test
    void aParentOfAnyLengthIsReadOnlyAsFarAsTheFieldsOfVersion00() {
        for (int length : new int[] {1, 1_000, 3 << 20}) {
            String more = "-" + "x".repeat(length);
            assertThat(read("cc" + PARENT.substring(2) + more)).isEqualTo(read(PARENT));
            assertThat(read(PARENT + more)).isEmpty();
            assertThat(read(PARENT + "x".repeat(length))).isEmpty();
        }
    }

    @Test
    void twoParentsAreNone() {
        Headers headers = headers(PARENT);
        headers.add("traceparent", PARENT.getBytes(StandardCharsets.US_ASCII));
        assertThat(TraceContext.read(headers)).isEmpty();
    }

    @Test
    void severalStatesAreOne() {
        assertThat(read(PARENT, "a=1", " b=2 ,, c=3", "").orElseThrow().state()).isEqualTo("a=1,b=2,c=3");
        assertThat(read(PARENT, "tenant@vendor=x y").orElseThrow().state()).isEqualTo("tenant@vendor=x y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=", "A=1", "a=1,a=2", "a=\u00e9", "a=b=c", "=1", "a@b@c=1"})
    void anInvalidStateIsLeftOut(String state) {
        assertThat(read(PARENT, state).orElseThrow().state()).isEmpty();
    }

    @Test
    void aLongStateIsLeftOut() {
        String member = "=" + "x".repeat(250);
        assertThat(read(PARENT, "a" + member + ",b" + member).orElseThrow().state())
                .hasSize(505);
        assertThat(read(PARENT, "a" + member, "b" + member, "c" + member)
                        .orElseThrow()
                        .state())
                .isEmpty();
    }

    @Test
    void headersWithoutValueAreIgnored() {
        assertThat(TraceContext.read(new RecordHeaders().add("traceparent", null)))
                .isEmpty();
        assertThat(TraceContext.read(headers(PARENT).add("tracestate", null))
                        .orElseThrow()
                        .state())
                .isEmpty();
    }

    private static Optional<TraceContext> read(String parent, String... states) {
        Headers headers = headers(parent);
        for (String state : states) {
            headers.add("tracestate", state.getBytes(StandardCharsets.ISO_8859_1));
        }
        return TraceContext.read(headers);
    }

    private static Headers headers(String parent) {
        return new RecordHeaders().add("traceparent", parent.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(Headers headers, String key) {
        return new String(headers.lastHeader(key).value(), StandardCharsets.US_ASCII);
    }
}
