/**
 * What one instance of a scheduler, the one with shard 0, does for all now and then: deletes from the topics what was
 * taken, notices what is gone and was not, and reads which assignments a share group gave up. Nothing here decides or
 * dispatches, and all of it may be done twice.
 */
package io.yardmaster.topology.upkeep;
