package io.yardmaster.topology.shares;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaTest {

    @Test
    void grantThatIsOlderThanOneThatWasSeenChangesNothing() {
        Quota quota = new Quota(3, 7);
        assertThat(quota.obey(50, 6)).isFalse();
        assertThat(quota.granted()).isEqualTo(3);
        assertThat(quota.obey(2, 8)).isTrue();
        assertThat(quota.obey(3, 7)).isFalse();
        assertThat(quota.granted()).isEqualTo(2);
    }

    @Test
    void outstandingAssignmentsAreHeldUntilTheyAreTaken() {
        Quota quota = new Quota(10, 1);
        quota.obey(4, 2);
        assertThat(quota.held(9)).isEqualTo(9);
        assertThat(quota.held(1)).isEqualTo(4);
    }
}
