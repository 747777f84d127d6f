package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.GraphProgress;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.core.view.JobDetail;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobView;
import io.yardmaster.topology.config.Labels;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Every answer to "why is it waiting?". */
class WhyTest {
    private static final long MIDNIGHT = 1_764_028_800_000L;

    private Optional<TaskKind> finalizing = Optional.empty();
    private boolean gate;
    private boolean ended;
    private boolean exact = true;
    private int places = 1_024;
    private boolean known = true;
    private JobView.State state = JobView.State.ACTIVE;
    private OptionalLong position = OptionalLong.of(0);
    private long buffered = 5;
    private long tasksBefore;
    private long used = 10;
    private boolean full;
    private List<Integer> fullest = List.of();
    private OptionalInt members = OptionalInt.of(2);
    private boolean cancelled;
    private long parked;
    private Optional<LimitNeed> limit = Optional.empty();
    private boolean fresh = true;
    private int givenUp;
    private Optional<GraphProgress> graph = Optional.empty();
    private List<HostWait> hosts = List.of();

    private void assertWhy(String code, String sentence) {
        Why why = Why.of(new WhyFacts(
                known ? Optional.of(job()) : Optional.empty(),
                1_024,
                used,
                full,
                fullest,
                members,
                "ems",
                givenUp,
                fresh,
                OptionalLong.of(61_000),
                List.of(2, 3, 5),
                limit,
                hosts));
        assertThat(Labels.of(why.code())).isEqualTo(code);
        assertThat(why.sentence()).isEqualTo(sentence);
    }

    private JobLocation job() {
        OptionalLong since = OptionalLong.of(MIDNIGHT);
        JobView view = new JobView(
                1,
                OptionalLong.of(2),
                OptionalInt.of(3),
                state,
                position,
                exact,
                buffered,
                OptionalLong.empty(),
                EndCounts.NONE,
                OptionalLong.of(4),
                since,
                OptionalLong.empty(),
                0);
        return new JobLocation(
                new JobDetail(view, List.of(), 0, graph, List.of()),
                exact,
                finalizing,
                gate ? since : OptionalLong.empty(),
                gate ? OptionalLong.of(MIDNIGHT + 21_600_000) : OptionalLong.empty(),
                ended,
                cancelled,
                state == JobView.State.PAUSED ? since : OptionalLong.empty(),
                places,
                places,
                parked,
                Optional.empty(),
                tasksBefore);
    }

    @Test
    void aJobWhoseGraphGoesOnSaysSo() {
        graph = Optional.of(new GraphProgress("", 5, 2, "", List.of()));
        state = JobView.State.IDLE;
        String sentence =
                "Nothing of it waits for its turn: 2 of its 5 stages have not ended; their tasks run, wait for"
                        + " those of other stages, or for the end of a back-off.";
        buffered = 0;
        assertWhy("graph", sentence);
        state = JobView.State.ACTIVE;
        assertWhy("graph", sentence);
        buffered = 1;
        assertWhy("next-in-rotation", "It has the next turn, and the window has room.");
    }

    @Test
    void L10_tasksThatWaitForHostsAreTheReasonIfNothingElseWaits() {
        graph = Optional.of(new GraphProgress("", 5, 2, "", List.of()));
        state = JobView.State.IDLE;
        buffered = 0;
        HostWait big = new HostWait("gpu", 200, 239, 12, 1, "needs gpu=4; the largest free is 2 on host h17");
        hosts = List.of(big);
        String sentence = "12 tasks of it wait for hosts of pool gpu: needs gpu=4; the largest free is 2 on host h17.";
        assertWhy("host", sentence);
        hosts = List.of(big, new HostWait("cpu", 3, 3, 1, 1, "the pool has no host that may get tasks"));
        assertWhy("host", sentence + " So does 1 with other needs.");
        hosts = List.of(hosts.get(1), big);
        assertWhy(
                "host",
                "1 task of it waits for a host of pool cpu: the pool has no host that may get tasks. So do 12 with other needs.");
        hosts = List.of(new HostWait("gpu", 0, 3, 4, 4, "needs gpu=4 at once for each of 4 tasks"));
        assertWhy(
                "gang", "4 tasks of it wait as a gang for hosts of pool gpu: needs gpu=4 at once for each of 4 tasks.");
        state = JobView.State.ACTIVE;
        buffered = 1;
        hosts = List.of(big);
        assertWhy("next-in-rotation", "It has the next turn, and the window has room. " + sentence);
    }

    @Test
    void L10_tasksOfAHigherPriorityAreTheReason() {
        tasksBefore = 1_200;
        assertWhy("priority", "It has no turn yet: 1,200 tasks of other jobs go first, by a higher priority.");
        state = JobView.State.PENDING;
        tasksBefore = 1;
        assertWhy("priority", "Pending: 1 task of other jobs goes first, by a higher priority.");
    }

    private static LimitNeed need(String key, long needed, long used, long capacity, Optional<String> mostlyBy) {
        return new LimitNeed(key, needed, used, capacity, 3, 4, mostlyBy, Optional.empty());
    }

    @Test
    void L10_itWaitsForALimit() {
        state = JobView.State.PARKED;
        position = OptionalLong.empty();
        parked = 5;
        limit = Optional.of(need("limit/licence", 2, 50, 50, Optional.of("7")));
        assertWhy("limit", "It waits for 2 of limit licence (50 of 50 in use, mostly by group 7).");
        limit = Optional.of(need("limit/licence", 2, 1_049, 1_050, Optional.empty()));
        assertWhy("limit", "It waits for 2 of limit licence (1,049 of 1,050 in use).");
        limit = Optional.of(need("limit/licence", 2, 48, 50, Optional.empty()));
        assertWhy("limit", "It waits for 2 of limit licence (48 of 50 in use; in its shard 3 of 4).");
        limit = Optional.of(need("limit/licence", 2, 0, 1, Optional.empty()));
        assertWhy("limit", "It waits for 2 of limit licence, of which the policy has 1 in all.");
        limit = Optional.of(need("limit/licence", 2, 3, 0, Optional.empty()));
        assertWhy("limit", "It waits for 2 of limit licence, of which the policy has none.");
        limit = Optional.of(need("group/-7", 1, 5, 5, Optional.of("-7")));
        assertWhy("limit", "It waits for the limit of group -7 (5 of 5 in use).");
        limit = Optional.of(need("all", 1, 5, 5, Optional.of("7")));
        assertWhy("limit", "It waits for the limit of all tasks (5 of 5 in use, mostly by group 7).");
        limit = Optional.of(need("job", 1, 3, 3, Optional.empty()));
        assertWhy("limit", "It waits for the limit of each job (3 of 3 in use).");
        limit = Optional.empty();
        assertWhy("limit", "It waits for its turn among the tasks that need the same limits.");
        fresh = false;
        assertWhy(
                "limit",
                "It waits for its turn among the tasks that need the same limits. It is not known what group ems has"
                        + " taken, for 61 s, and nothing is dispatched until Kafka says it again.");
    }

    @Test
    void L10_someOfItsTasksWaitForALimitAndOthersForTheirTurn() {
        parked = 3;
        limit = Optional.of(need("limit/licence", 2, 50, 50, Optional.empty()));
        assertWhy(
                "next-in-rotation",
                "It has the next turn, and the window has room. 3 tasks of it wait for 2 of limit licence (50 of 50 in"
                        + " use).");
        parked = 1;
        state = JobView.State.PENDING;
        assertWhy(
                "pending-behind",
                "Pending, and the next to join the rotation: all 1,024 places of the rotation are taken. 1 task of it"
                        + " waits for 2 of limit licence (50 of 50 in use).");
    }

    @Test
    void whatItsGroupGaveUpIsToldOf() {
        state = JobView.State.IDLE;
        givenUp = 2;
        assertWhy(
                "given-up",
                "Nothing of it waits: all that storage made ready was dispatched, or dropped as a repeat. But 2"
                        + " assignments were given up by group ems: delivered as often as it allows, and never finished."
                        + " The dead letters say which.");
        state = JobView.State.ACTIVE;
        givenUp = 1;
        assertWhy(
                "next-in-rotation",
                "It has the next turn, and the window has room. But 1 assignment was given up by group ems: delivered"
                        + " as often as it allows, and never finished. The dead letters say which.");
    }

    @Test
    void somebodyPausedIt() {
        state = JobView.State.PAUSED;
        buffered = 2;
        assertWhy("paused", "Paused since about 2025-11-25 00:00:00 UTC: 2 tasks wait until somebody resumes it.");
        buffered = 0;
        finalizing = Optional.of(TaskKind.CLEANUP);
        assertWhy("paused", "Paused since about 2025-11-25 00:00:00 UTC: 1 task waits until somebody resumes it.");
        finalizing = Optional.empty();
        assertWhy(
                "paused",
                "Paused since about 2025-11-25 00:00:00 UTC: new tasks of it wait until somebody resumes it.");
    }

    @Test
    void somebodyCancelledIt() {
        state = JobView.State.FINALIZING;
        gate = true;
        cancelled = true;
        assertWhy(
                "cancelled",
                "Cancelled since about 2025-11-25 00:00:00 UTC; further events about it are ignored until about"
                        + " 2025-11-25 06:00:00 UTC.");
    }

    @Test
    void itsTurnComes() {
        assertWhy("next-in-rotation", "It has the next turn, and the window has room.");
        position = OptionalLong.of(1);
        assertWhy("next-in-rotation", "Its turn comes after 1 other, and the window has room.");
        position = OptionalLong.of(1_023);
        assertWhy("next-in-rotation", "Its turn comes after 1,023 others, and the window has room.");
    }

    @Test
    void theWindowIsFull() {
        full = true;
        used = 1_024;
        fullest = List.of(3, 0, 2);
        assertWhy(
                "window-full",
                "The window is full: 1,024 of 1,024 assignments are outstanding, not taken by group ems, most in"
                        + " dispatch partitions 3, 0 and 2.");
        fullest = List.of(3);
        assertWhy(
                "window-full",
                "The window is full: 1,024 of 1,024 assignments are outstanding, not taken by group ems, most in"
                        + " dispatch partition 3.");
        fullest = List.of();
        members = OptionalInt.empty();
        assertWhy(
                "window-full",
                "The window is full: 1,024 of 1,024 assignments are outstanding, not taken by group ems.");
    }

    @Test
    void nobodyTakesAnything() {
        full = true;
        members = OptionalInt.of(0);
        used = 1_024;
        assertWhy("no-fleet", "No execution manager is in group ems, and 1,024 assignments are outstanding already.");
        full = false;
        assertWhy("next-in-rotation", "It has the next turn, and the window has room.");
    }

    @Test
    void itIsNotKnownWhatWasTaken() {
        fresh = false;
        full = true;
        assertWhy(
                "view-too-old",
                "It is not known what group ems has taken, for 61 s, and nothing is dispatched until Kafka says it"
                        + " again.");
    }

    @Test
    void itIsPending() {
        state = JobView.State.PENDING;
        position = OptionalLong.of(12);
        assertWhy("pending-behind", "Pending behind 12 jobs: all 1,024 places of the rotation are taken.");
        position = OptionalLong.of(1);
        exact = false;
        places = 1;
        assertWhy("pending-behind", "Pending behind about 1 job: the one place of the rotation is taken.");
        position = OptionalLong.of(0);
        assertWhy(
                "pending-behind",
                "Pending, and the next to join the rotation: the one place of the rotation is taken.");
        full = true;
        members = OptionalInt.of(0);
        assertWhy(
                "pending-behind",
                "Pending, and the next to join the rotation: the one place of the rotation is taken."
                        + " No execution manager is in group ems, and 10 assignments are outstanding already.");
    }

    @Test
    void itIsBeingFinalized() {
        state = JobView.State.FINALIZING;
        finalizing = Optional.of(TaskKind.COMMIT);
        assertWhy("finalizing", "Finalizing since 2025-11-25 00:00:00 UTC: its commit task is the next of its kind.");
        position = OptionalLong.of(3);
        assertWhy("finalizing", "Finalizing since 2025-11-25 00:00:00 UTC: its commit task waits behind 3 others.");
        position = OptionalLong.empty();
        finalizing = Optional.empty();
        gate = true;
        assertWhy(
                "finalizing",
                "Finalizing since about 2025-11-25 00:00:00 UTC: its last task has been dispatched; further"
                        + " events about it are ignored until about 2025-11-25 06:00:00 UTC.");
    }

    @Test
    void itHasEnded() {
        state = JobView.State.FINALIZING;
        gate = true;
        ended = true;
        assertWhy(
                "ended",
                "Ended since about 2025-11-25 00:00:00 UTC; further events about it are ignored until about"
                        + " 2025-11-25 06:00:00 UTC.");
    }

    @Test
    void nothingOfItWaits() {
        buffered = 0;
        assertWhy("idle", "Nothing of it waits; it leaves the rotation at its next turn unless more comes.");
        state = JobView.State.IDLE;
        assertWhy("idle", "Nothing of it waits: all that storage made ready was dispatched, or dropped as a repeat.");
    }

    @Test
    void itsShardDoesNotAnswer() {
        known = false;
        assertWhy(
                "restoring",
                "Shards 2, 3 and 5 do not answer, as the state is being restored or the instance is gone; the"
                        + " job may be there.");
    }
}
