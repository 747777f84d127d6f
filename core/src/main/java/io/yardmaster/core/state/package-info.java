/**
 * The layout of a scheduler's state in a {@link io.yardmaster.core.state.Storage}, an ordered map of byte strings.
 *
 * <pre>
 *  All keys but the ledger's begin with the session (8 bytes), then a letter:
 *
 *  J job                          the job's record: phase, ends of its queue, attempts seen of its tasks
 *  R owner -1 page                the middle of its queue, 128 runs a page; the owner is a number in its record
 *  R owner bits number            the attempts seen in an interval of 2^bits indices, if indices came in random order
 *  P job 0 page                   layout 1: the middle of its queue
 *  S job attempt chunk            layout 1: the indices seen with this attempt
 *  A slot                         the active job that has, or last had, this slot
 *  G group                        a resource group that has jobs: its turns, and the ends of the queue of its pending jobs
 *  Q p group place                its pending jobs; likewise, with group 0: c commits, k cleanups, g gates, m memories,
 *                                 x owners of pages to delete
 *  0xFF                           the ledger: session, counters, and a section of each class that registers one
 * </pre>
 *
 * <p>Guarantees. A record consists of its layout, the fields that every reader needs, and sections: tag, length, content. A version
 * keeps the sections that it does not know, see {@link io.yardmaster.core.state.UnknownSections}, and stops at a layout that it
 * does not know. Values stay below 4 KB, since everything that grows with a job lies in pages. All entries of a session lie
 * together, so that a newer session voids them at once; they are deleted later.
 *
 * <p>The state of version 0.1.0, with layout 1 of jobs and ledger and layout 2 of groups, is readable.
 */
@NullMarked
package io.yardmaster.core.state;

import org.jspecify.annotations.NullMarked;
