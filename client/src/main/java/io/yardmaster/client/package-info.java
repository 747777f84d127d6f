/**
 * The execution manager in Java: give it a handler, and it runs the assignments of its group.
 *
 * <pre>{@code
 * try (var em = ExecutionManager.builder()
 *         .settings(Map.of("bootstrap.servers", "127.0.0.1:9092", "schema.registry.url", "http://127.0.0.1:7070/registry"))
 *         .parallelism(4)
 *         .handler((assignment, context) -> run(assignment.jobId(), assignment.taskIndex()))
 *         .start()) {
 *     em.stopped().toCompletableFuture().join();
 * }
 * }</pre>
 *
 * <p>The setting {@code dispatch.group.type} chooses the kind of group; handler, retries, reports, fencing, kills and
 * close are the same in both.
 *
 * <table>
 * <caption>Which kind of group</caption>
 * <tr><th></th><th>{@code consumer} (default)</th><th>{@code share}</th></tr>
 * <tr><td>who runs an assignment</td><td>the owner of its partition</td><td>any member that is free</td></tr>
 * <tr><td>behind a slow one</td><td>those of its partition may wait</td><td>nobody waits, see the limits</td></tr>
 * <tr><td>after {@code kill -9}</td><td>others go on when its session times out</td><td>when the lock has run out, or sooner</td></tr>
 * <tr><td>how often at most</td><td>no limit</td><td>five deliveries, unless configured</td></tr>
 * <tr><td>short tasks</td><td>many per request</td><td>one request each</td></tr>
 * <tr><td>other languages</td><td>any Kafka client</td><td>those with share groups (KIP-932)</td></tr>
 * </table>
 *
 * <h2>Guarantees in both</h2>
 *
 * <ul>
 *   <li>At least once: an assignment counts as done only after its handler has returned, failed for good, refused it, or
 *       been fenced or killed. Only assignments of committed transactions are seen.
 *   <li>Outcomes (O2): how an assignment ended is written to the topic of outcomes, and acknowledged by all replicas in
 *       sync, before it counts as done. So each assignment that a group took has an outcome, or is delivered again; it may
 *       have more than one, as it may run more than once, and all of them have its id. Only an assignment that was fenced
 *       has none. Workers do not wait for the acknowledgement. {@link ExecutionManagerBuilder#withoutOutcomes} writes none
 *       (O3).
 *   <li>While the brokers or the registry are away an outcome is written again and again. If the execution manager may not write,
 *       or there is no such topic, it says so in one line and stops, or does not begin.
 *   <li>A handler can fail its task at once ({@link io.yardmaster.client.TaskFailedException}), or refuse it
 *       ({@link io.yardmaster.client.TaskRefusedException}, O7): then the scheduler offers it again later.
 *   <li>A task's {@link Assignment#timeout()} limits its handler, all tries and pauses together: it finds itself
 *       cancelled, and when it has returned the task has failed.
 *   <li>Fencing (S11): once a newer session is known, from an assignment of any partition or from the sessions topic,
 *       no older assignment is started, and one that runs finds itself cancelled before any newer one starts. The same
 *       task is not begun in this process before the cancelled handler has returned.
 *   <li>Kills (O6): an assignment that a kill names, by itself, by its job or by a range of its job's tasks, is not begun, and a
 *       handler that runs it is cancelled some milliseconds after the kill was committed. It counts as done, its outcome has the kill's reason, and it is reported as
 *       {@link io.yardmaster.client.DropReason#KILLED} with who asked for it and why. A kill holds for assignments that
 *       come later, too, as the newest 100,000 kills are remembered, and those in the topic are read before the first
 *       assignment is taken. Without the topic, or the right to read it, one warning says so, and all else works.
 *   <li>A slow handler never costs the membership or the assignment, however long it takes.
 *   <li>An orderly close commits finished assignments and gives back the rest.
 *   <li>The trace context of the event that made a task ready, if it had a valid one, is in {@link Assignment#trace()}.
 *   <li>A record that is no assignment is reported and not delivered again; while the schema registry is away nothing
 *       is skipped.
 *   <li>An assignment that cannot be read, as the registry does not know its schema, say, is never taken for done: if that lasts for
 *       15 s the execution manager stops with an {@link io.yardmaster.client.UnreadableAssignmentException}, with or without outcomes.
 * </ul>
 *
 * <h2>A consumer group</h2>
 *
 * <pre>
 *   dispatch topic ──▶ poll thread ──▶ inbox ──▶ fence ──▶ worker 1..N ──▶ handler, retried
 *                       ▲   │         decode,    drop old     │
 *   sessions topic ─────┼───┼──────────────────▶ and killed   │ report: completed, failed, refused, dropped or killed
 *   kills topic ────────┼───┼──────────────────▶ assignments  │
 *   (a thread each)     │   └─ heartbeats, pause/resume       ▼
 *                       │                     outcomes thread ──▶ idempotent producer ──▶ outcomes topic
 *                       │                                         │
 *                       └───────────────────── what is done, ◀────┘ acknowledged
 *                                              per partition ──▶ committed offset
 * </pre>
 *
 * <ul>
 *   <li>Commits follow within some 20 ms and never pass an unfinished assignment: the committed offset is one past the
 *       last assignment up to which everything is done. From it the scheduler counts the assignments taken.
 *   <li>A group without offsets is not joined while the topic has assignments and it has no members: the scheduler
 *       first commits the offsets of its last place, or those of a new group ({@code dispatch.group.check=false} does
 *       not wait). So deleted or expired offsets make nothing run again.
 *   <li>Assignments that finished behind an unfinished one are noted in the metadata of the committed offset: when the
 *       partition moves, or this process dies, the next owner does not run them again (S14).
 *   <li>An orderly revocation commits finished assignments and gives back the rest.
 *   <li>Memory: at most twice the parallelism of assignments that wait or run, and one fetch. An assignment that has ended
 *       keeps no worker busy and takes no room of those, but when 1,000 of them wait for the acknowledgement of their
 *       outcome, nothing more is taken: in all that is 1,000 and twice the parallelism.
 *   <li>Outcomes are sent in batches of 5 ms ({@code kafka.linger.ms}).
 * </ul>
 *
 * <p>Its limits:
 *
 * <ul>
 *   <li>An assignment can run twice: the partition's next owner runs again those that finished in the last milliseconds
 *       before a crash or a lost membership, and those that still run when the grace of a revocation is over.
 *   <li>A partition is one execution manager's: assignments that wait behind a long one, when all its workers are busy,
 *       cannot go to another. Parallelism above 1 helps, more partitions help more.
 *   <li>While this process waits for the work of a revoked partition it takes nothing new. With Kafka's classic group
 *       protocol the others, too, may be unable to commit meanwhile; {@code group.protocol=consumer} does not have
 *       that.
 *   <li>Execution managers in other languages overwrite the metadata of the committed offset: they work in one group
 *       with this one, but assignments that finished out of order may then be run again.
 * </ul>
 *
 * <h2>A share group</h2>
 *
 * <pre>
 *   group's configuration: checked, and set if permitted, before any member joins
 *                                       │
 *                                       ▼
 *   dispatch topic ──▶ member 1..N: takes one assignment ──▶ fence ──▶ worker ──▶ handler, retried
 *                       ▲   │       renews its lock meanwhile   ▲        │
 *                       │   └─ heartbeats       sessions, kills ┘        │ report, and write the outcome
 *                       │                                                ▼
 *                       └── accept: completed, failed, refused, fenced, killed · release: not finished · reject: no assignment
 * </pre>
 *
 * <ul>
 *   <li>Nothing is taken in advance: this process locks at most one assignment per worker, and runs it. A member keeps it
 *       until its outcome is acknowledged, renews the lock meanwhile, and takes the next one then; outcomes are sent without
 *       delay.
 *   <li>The lock is renewed each third of its duration ({@code share.record.lock.duration.ms}, 30 s unless configured),
 *       so a task may take any time. A process that hangs for longer than a lock, or that a broker's restart has cost
 *       its locks, finds the assignment cancelled as {@link io.yardmaster.client.DropReason#LOST}.
 *   <li>The group's configuration is {@code share.isolation.level=read_committed} and
 *       {@code share.auto.offset.reset=earliest} before this execution manager joins; it sets them if they differ.
 *       If it may not set or not even read them, it stops, with one line that has the command for an
 *       administrator, because Kafka's default would run assignments of aborted transactions. With
 *       {@code dispatch.group.check=false} it does not look: then the operator answers for the configuration.
 *   <li>An assignment that reaches the group's {@code share.delivery.count.limit} (5 unless configured, 2 to 10 in most
 *       brokers) is reported: its last delivery is logged when it begins, and if it must be given back the listener
 *       hears {@link io.yardmaster.client.ReportListener#exhausted}, as Kafka does not deliver it again. When the
 *       process dies before it reports, brokers of 4.4 and newer put the assignment into the dead-letter topic.
 * </ul>
 *
 * <p>Its limits:
 *
 * <ul>
 *   <li>An assignment can run twice: one that finished in the last milliseconds before a crash or a broker's restart, or
 *       while the broker was away for longer than a lock, is run again, and so is one that was cancelled as lost.
 *   <li>Each close with unfinished work, crash or lost lock costs an assignment one of its deliveries. Retries by the
 *       {@link io.yardmaster.client.RetryPolicy} do not.
 *   <li>Each worker is a member of its own, with two more threads and a connection, because a Kafka share consumer
 *       fetches nothing while it holds any record. A share group has 200 members at most, unless the broker's
 *       {@code group.share.max.size} says otherwise; an execution manager whose member finds no room stops with an
 *       error.
 *   <li>Kafka gives each member some of the partitions, and each partition to some members: an assignment waits while
 *       all members of its partition are busy. One partition has no such wait, and a share group needs no more to be
 *       parallel; have fewer partitions than members in any case.
 *   <li>Order is not kept, and the scheduler counts taken assignments by the group's lag, not by a committed offset.
 *   <li>All execution managers of a group should have the same {@code share.*} settings: the last to start wins.
 * </ul>
 *
 * <h2>As a host</h2>
 *
 * <p>With {@link io.yardmaster.client.ExecutionManagerBuilder#host} it is a host of a pool whose policy says {@code placement=hosts}: it says
 * what it has, and the scheduler chooses a host for each task. It is in no group and commits nothing; all else is as in a consumer group.
 *
 * <ul>
 *   <li>It reads one partition of the pool's topic, from its end on, and takes the assignments that name it and this start, its incarnation.
 *   <li>A heartbeat tells the scheduler every two seconds what it has. A host that Kafka has not heard of for 25 s cancels its handlers and starts
 *       anew with a higher incarnation, because after 40 s the scheduler gives its tasks to other hosts. Handlers should end within some seconds
 *       of their cancellation.
 *   <li>It must write outcomes: by them the scheduler learns that there is room again.
 *   <li>Its handlers share what it has said that it has; nothing holds them to the amounts that they were given.
 *   <li>A task may be killed so that one of higher priority gets its place. The other one may begin here before the handler has returned.
 *   <li>In an orderly close it first has no room any more, then gives back what has not ended, which other hosts get at once.
 *   <li>If two processes have one name in a pool, the one that was started later stays, and the other one stops with a
 *       {@link io.yardmaster.client.HostReplacedException}.
 * </ul>
 *
 * <h2>Limits of both</h2>
 *
 * <ul>
 *   <li>No handler's thread is ever stopped. A handler that ignores its cancellation for longer than
 *       {@link io.yardmaster.client.ExecutionManagerBuilder#cancelGrace} keeps its worker, after a close its thread,
 *       and may run beside its successor. After a new session another process may begin a task while this one still
 *       cancels it.
 *   <li>A kill is forgotten when 100,000 newer ones are known, and, by execution managers that start later, when the
 *       topic no longer has it: after a day, as {@code topics create} makes it.
 *   <li>The pause before a retry occupies a worker.
 *   <li>A close, or a revocation, waits for acknowledgements as long as for handlers. An assignment whose outcome is not
 *       acknowledged by then is delivered again, although it was reported here.
 *   <li>A timeout is no interruption: a handler that looks at its {@link io.yardmaster.client.HandlerContext} too seldom
 *       runs on, and is reported when it returns.
 * </ul>
 */
package io.yardmaster.client;
