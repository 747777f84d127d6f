/**
 * The storage side of the contract, played from workflows: which task is ready, what follows when one is done or failed.
 *
 * <pre>
 *   jobs ──▶ StoragePlayer ──events──▶ lanes ──▶ scheduler ──▶ dispatch ──▶ execution managers
 *                 ▲                                                              │
 *                 └────────── completed / failed (or CompletionFollower) ────────┘
 * </pre>
 *
 * <p>A {@link io.yardmaster.app.storage.Submission} is a player whose scheduler and fleet run elsewhere. All that it knows of
 * them is in topics: {@link io.yardmaster.app.storage.CompletionFollower} reads what was dispatched and taken, {@link
 * io.yardmaster.app.storage.SchedulerNews} what was refused and which session is the newest.
 */
package io.yardmaster.app.storage;
