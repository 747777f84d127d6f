package io.yardmaster.core.placement;

/**
 * Tasks of a job with equal demands that wait for hosts.
 *
 * @param firstTask the lowest index of one
 * @param lastTask the highest one
 * @param tasks their number
 * @param gang the number of those that start together; 1 if each starts alone
 * @param why such as "needs gpu=4; the largest free is 2 on host 17; 12 hosts would fit when empty"
 */
public record HostWait(String pool, int firstTask, int lastTask, int tasks, int gang, String why) {
    HostWait with(int first, int last, int more) {
        return new HostWait(pool, Math.min(firstTask, first), Math.max(lastTask, last), tasks + more, gang, why);
    }
}
