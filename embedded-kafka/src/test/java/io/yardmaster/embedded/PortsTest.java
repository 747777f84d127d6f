package io.yardmaster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final int SIZE = Ports.NUMBER / Ports.RANGES;

    @Test
    void processesWithDifferentNumbersLookForPortsInDifferentRanges() {
        String own = System.getProperty(Ports.RANGE);
        try {
            for (int number = 1; number <= Ports.RANGES; number++) {
                System.setProperty(Ports.RANGE, String.valueOf(number));
                int range = number % Ports.RANGES;
                for (int tries = 0; tries < 20; tries++) {
                    Ports ports = Ports.reserve(0);
                    assertThat(List.of(ports.broker(), ports.controller()))
                            .as("process %d", number)
                            .allSatisfy(port ->
                                    assertThat((port - Ports.LOWEST) / SIZE).isEqualTo(range));
                }
            }
        } finally {
            restore(own);
        }
    }

    private static void restore(String own) {
        if (own == null) {
            System.clearProperty(Ports.RANGE);
        } else {
            System.setProperty(Ports.RANGE, own);
        }
    }
}
