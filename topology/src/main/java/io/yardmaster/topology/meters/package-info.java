/**
 * What an instance tells of its work while it works. Who wants to see it brings an implementation; the scheduler knows
 * nothing of the system that collects it.
 */
package io.yardmaster.topology.meters;
