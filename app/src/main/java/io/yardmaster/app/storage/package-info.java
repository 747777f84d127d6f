/**
 * The storage side of the contract, played from workflows: which task is ready, what follows when one is done or failed.
 *
 * <pre>
 *   jobs ──▶ StoragePlayer ──events──▶ lanes ──▶ scheduler ──▶ dispatch ──▶ execution managers
 *                 ▲                                                              │
 *                 └────────── completed / failed (or CompletionFollower) ────────┘
 * </pre>
 */
package io.yardmaster.app.storage;
