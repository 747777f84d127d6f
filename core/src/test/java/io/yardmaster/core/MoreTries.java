package io.yardmaster.core;

import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Tries each property {@code -Dyardmaster.tries.factor=N} times as often as it says, for runs that may take longer than {@code mvn verify}.
 * It applies to all properties wherever it is on the class path.
 */
public final class MoreTries implements AroundPropertyHook {
    private static final int FACTOR = Integer.getInteger("yardmaster.tries.factor", 1);

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Optional<Integer> tries = context.attributes().tries();
        tries.ifPresent(some -> context.attributes().setTries(some * FACTOR));
        return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
