/**
 * The upkeep of the topics: now and then the instance with shard 0 deletes taken records and notices records that were
 * deleted before they were taken, and every instance reads which assignments a share group gave up and how far the connectors
 * of results are. Nothing here
 * decides or dispatches, and two instances may do all of it at once.
 */
package io.yardmaster.topology.upkeep;
