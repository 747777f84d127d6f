/**
 * Interfaces through which an instance reports measurements of its work. The application implements them; the scheduler
 * does not depend on the system that collects the metrics.
 */
package io.yardmaster.topology.meters;
