package io.yardmaster.core.placement;

import static io.yardmaster.core.placement.PoolSketch.amounts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FitExplanationTest {
    private final PoolSketch pool = new PoolSketch();

    private String why(Offer offer) {
        return FitExplanation.of(pool.snapshot(), offer);
    }

    @Test
    void theScarcestResourceIsNamedWithTheHostThatHasTheMostOfIt() {
        pool.add("16", "cpu=8,gpu=4").add("17", "cpu=8,gpu=4").add("18", "cpu=8");
        pool.busy("16", "gpu=3", 9).busy("17", "gpu=2", 9);

        assertThat(why(pool.offer("cpu=1,gpu=4", 1)))
                .isEqualTo("needs gpu=4; the largest free is 2 on host 17; 2 hosts would fit when empty");
    }

    @Test
    void aTaskLargerThanAllHostsIsTold() {
        pool.add("a", "cpu=8");

        assertThat(why(pool.offer("cpu=9", 1)))
                .isEqualTo("needs cpu=9; the largest free is 8 on host a; no host would fit when empty");
    }

    @Test
    void needsThatAreFreeOnDifferentHostsAreTold() {
        pool.add("a", "cpu=8,memory=8").add("b", "cpu=8,memory=8");
        pool.busy("a", "cpu=8", 9).busy("b", "memory=8", 9);

        assertThat(why(pool.offer("cpu=4,memory=4", 1)))
                .isEqualTo("needs cpu=4, memory=4; no host has all of it free; 2 hosts would fit when empty");
    }

    @Test
    void unknownResourcesAndLabelsAreTold() {
        pool.add("a", "cpu=8");

        assertThat(why(pool.offer("fpga=1", 1))).isEqualTo("needs fpga=1; no host of the pool has fpga");
        assertThat(why(pool.offer(
                        new Requirement(Amounts.of(amounts("cpu=1")), Map.of("zone", "b", "os", "x")), 1, 1, 0, -1)))
                .isEqualTo("needs os=x, zone=b; no host of the pool has these labels");
    }

    @Test
    void aGangIsToldHowManyOfItsTasksFit() {
        pool.add("a", "cpu=8").add("b", "cpu=8").busy("a", "cpu=5", 9);

        assertThat(why(pool.gang("cpu=2", 8)))
                .isEqualTo("needs cpu=2 at once for each of 8 tasks; 5 would fit now, all when all hosts are empty");
        assertThat(why(pool.gang("cpu=2", 9)))
                .isEqualTo("needs cpu=2 at once for each of 9 tasks; 5 would fit now, 8 when all hosts are empty");
    }

    @Test
    void aTaskThatHasRoomIsTold() {
        pool.add("a", "cpu=8");

        assertThat(why(pool.offer("cpu=8", 1)))
                .isEqualTo("there is room on 1 host; it is reserved, or the next plan takes it");
    }

    @Test
    void aPoolWithoutHostsIsTold() {
        assertThat(why(pool.offer("cpu=1", 1))).isEqualTo("the pool has no host that may get tasks");
    }
}
