package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Proves the simulation with hosts: it notices each way in which placement is broken on purpose. */
class PlacementMutationTest {
    /** More than are needed. They are always the same, so that no run is luckier than another. */
    private static final int SEEDS = 60;

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.yardmaster.topology");

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenPlacementIsNoticed(PlacementMutation mutation) throws ReflectiveOperationException {
        Class<?> simulation = Class.forName(PlacedSimulation.class.getName(), true, mutation.load());
        Constructor<?> constructor = simulation.getDeclaredConstructor(long.class, List.class);
        constructor.setAccessible(true);
        Method run = simulation.getDeclaredMethod("run");
        run.setAccessible(true);
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                run.invoke(constructor.newInstance(seed, null));
            } catch (InvocationTargetException e) {
                Throwable noticed = e.getCause();
                assertThat(noticed).isInstanceOf(AssertionError.class);
                assertThat(mutation.signs())
                        .as("signs of %s: %s", mutation, noticed.getMessage())
                        .anyMatch(noticed.getMessage()::contains);
                return;
            }
        }
        throw new AssertionError(mutation + " was not noticed with " + SEEDS + " seeds");
    }
}
