package io.yardmaster.client;

import io.yardmaster.testkafka.SharedKafka;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test that takes a {@link ClientFixture} topics of its own in the Kafka of this JVM's tests. */
final class Broker implements ParameterResolver {
    static {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ClientFixture.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ClientFixture fixture = new ClientFixture(SharedKafka.of(context).bootstrapServers());
        context.getStore(Namespace.create(Broker.class)).put(fixture, fixture);
        return fixture;
    }
}
