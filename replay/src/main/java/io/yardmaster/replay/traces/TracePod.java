package io.yardmaster.replay.traces;

import io.yardmaster.replay.RecordedWork;

/**
 * A pod of Alibaba's GPU trace.
 *
 * @param cpuMilli thousandths of a core
 * @param memoryMib MiB
 * @param gpus whole ones and, if it shares a GPU, 1
 * @param gpuMilli thousandths of a GPU, of all its GPUs together
 * @param service its class of service, one of {@link PodTrace#SERVICES}
 * @param createdAt in ms from the beginning of the trace on
 * @param scheduledAt in ms; {@link RecordedWork#UNKNOWN} if it got no place
 * @param deletedAt in ms; {@link RecordedWork#UNKNOWN} if it had not ended when the trace did
 */
public record TracePod(
        long cpuMilli,
        long memoryMib,
        int gpus,
        long gpuMilli,
        String service,
        long createdAt,
        long scheduledAt,
        long deletedAt) {
    /** The time for which it ran, in ms; {@link RecordedWork#UNKNOWN} if it did not, or had not ended. */
    long runtime() {
        return scheduledAt < 0 || deletedAt < 0 ? RecordedWork.UNKNOWN : deletedAt - scheduledAt;
    }
}
