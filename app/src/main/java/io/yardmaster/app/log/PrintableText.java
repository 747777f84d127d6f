package io.yardmaster.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import io.yardmaster.app.terminal.Printable;

/** {@code %printable(...)} in {@code logback.xml}: in one line, or with the option {@code lines} in as many as there are. */
public final class PrintableText extends CompositeConverter<ILoggingEvent> {
    @Override
    protected String transform(ILoggingEvent event, String text) {
        return "lines".equals(getFirstOption()) ? Printable.lines(text) : Printable.line(text);
    }
}
