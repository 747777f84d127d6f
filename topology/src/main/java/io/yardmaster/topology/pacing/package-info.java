/** How the threads of an instance rest while nothing happens, and are at work at once when something does. */
package io.yardmaster.topology.pacing;
