/**
 * How the state of a scheduler lies in a {@link io.yardmaster.core.state.Storage}: an ordered map of byte strings.
 *
 * <pre>
 *  All keys but the ledger's begin with the session (8 bytes), then a letter:
 *
 *  J job                          the job's record: phase, ends of its queue, what was seen of it
 *  R owner -1 page                the middle of its queue, 128 runs a page; the owner is a number that its record names
 *  R owner bits number            what was seen of it in an interval of 2^bits indices, where they came in random order
 *  P job 0 page                   the same as layout 1 has it: of a queue,
 *  S job attempt chunk            and of what was seen
 *  A slot                         the job that has, or last had, this place among the active ones
 *  G group                        a resource group that has jobs: its turns, and the ends of the queue of its pending jobs
 *  Q p group place                its pending jobs; likewise c commits, k cleanups, g gates, m memories
 *                                 and x owners of pages that are to be deleted, of group 0
 *  0xFF                           the ledger: session, counters, and a section of each package that keeps something
 * </pre>
 *
 * <p>Guarantees. A record is a layout, what every reader needs, and sections: tag, length, content. A version keeps the sections
 * that it does not know, see {@link io.yardmaster.core.state.UnknownSections}; it stops at a layout that it does not know. Values
 * stay below 4 KB, since everything that grows with a job lies in pages. All entries of a session lie together, so that a newer
 * session voids them at once, and they are deleted later.
 *
 * <p>Reads what version 0.1.0 wrote: layout 1 of jobs and ledger, layout 2 of groups.
 */
package io.yardmaster.core.state;
