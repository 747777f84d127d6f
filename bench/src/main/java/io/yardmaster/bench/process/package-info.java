/**
 * JVMs of their own for the broker and each contestant, and the conversation with them.
 *
 * <pre>
 *   ChildJvm.call(command, arguments) ──▶ standard input, a line of JSON ──▶ CommandLoop ──▶ CommandHandler
 *                                     ◀── standard output, a line of JSON ◀──
 * </pre>
 *
 * <p>A child ends with its parent. Its standard error is its log; an error of a command comes back in the answer. The
 * heap and the collector are those with which {@code bin/yardmaster} starts the scheduler, which a test compares.
 */
package io.yardmaster.bench.process;
