/**
 * The storage side of the contract, played from workflows: it reports tasks ready when their parents are done.
 *
 * <pre>
 *   jobs ──▶ StoragePlayer ──events──▶ lanes ──▶ scheduler ──▶ dispatch ──▶ execution managers
 *                 ▲                                                              │
 *                 └────────── completed / failed (or CompletionFollower) ────────┘
 * </pre>
 *
 * <p>A {@link io.yardmaster.app.storage.Submission} is a player whose scheduler and fleet run elsewhere. It knows them
 * by their topics only: {@link io.yardmaster.app.storage.CompletionFollower} reads which assignments were dispatched and how they ended,
 * {@link io.yardmaster.app.storage.SchedulerNews} which events were refused and which session is the newest.
 */
package io.yardmaster.app.storage;
