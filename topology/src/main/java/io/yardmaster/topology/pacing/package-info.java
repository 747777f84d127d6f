/** Lets the threads of an idle instance rest, and wakes them at once when there is work. See decision 27. */
package io.yardmaster.topology.pacing;
