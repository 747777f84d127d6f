package io.yardmaster.app.log;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.yardmaster.app.terminal.Printable;
import java.nio.charset.StandardCharsets;

/** JSON that is safe to show in a terminal. */
final class PrintableJson extends JsonEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
        return Printable.lines(new String(super.encode(event), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }
}
