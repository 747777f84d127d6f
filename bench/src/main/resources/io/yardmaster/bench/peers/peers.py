"""Runs tasks that do nothing on Dask's or HyperQueue's own scheduler, and prints the time as a line of JSON.

usage: peers.py PEER SHAPE SIZE

PEER is dask-threads, dask-processes or hyperqueue. SHAPE is flat (SIZE tasks), layers (ten of SIZE tasks each, every task
of a layer after all of the layer before) or chain (SIZE tasks, one after the other). Dask calls a Python function for each
task, HyperQueue starts the program `true`. The last line of output has `tasks`, `seconds` and, for a chain, `hops` in
milliseconds: from the end of a task to the start of the next with Dask; with HyperQueue their mean, from start to start.

The process ends when its standard input does, so that it does not outlive the benchmark.
"""

import json
import os
import sys
import tempfile
import threading
import time

LAYERS = 10
WARM_UP = 1000
UNCOUNTED_HOPS = 0.2
PATIENCE_SECONDS = 600


def end_with_parent():
    # Not by sys.stdin, whose lock a thread must not hold at the end.
    while os.read(0, 4096):
        pass
    os._exit(1)


def nothing(index):
    return None


def nothing_after(index, gate):
    return None


def join(layer):
    return None


def timed(previous):
    begun = time.monotonic_ns()
    return begun, time.monotonic_ns()


def finish(futures):
    """Waits for all, and fails if one of them did."""
    from distributed import wait

    wait(futures, timeout=PATIENCE_SECONDS)
    failed = [future for future in futures if future.status != "finished"]
    if failed:
        raise RuntimeError(f"{len(failed)} tasks of {len(futures)} did not finish: {failed[0].status}")


def dask_layers(client, size):
    futures = client.map(nothing, range(size), pure=False)
    layer = futures
    for _ in range(LAYERS - 1):
        # One more task stands between two layers: a million edges between them would be slower.
        gate = client.submit(join, layer, pure=False)
        layer = client.map(nothing_after, range(size), gate=gate, pure=False)
        futures = futures + [gate] + layer
    return futures


def dask_chain(client, size):
    futures = []
    for _ in range(size):
        futures.append(client.submit(timed, futures[-1] if futures else None, pure=False))
    return futures


def known_tasks(dask_scheduler):
    return len(dask_scheduler.tasks)


def run_dask(processes, shape, size):
    import dask
    from distributed import Client, LocalCluster

    cores = os.cpu_count()
    dask.config.set({"temporary-directory": os.getcwd()})
    cluster = LocalCluster(
        processes=processes,
        n_workers=cores if processes else 1,
        threads_per_worker=1 if processes else cores,
        dashboard_address=None,
        local_directory=os.getcwd(),
    )
    with cluster, Client(cluster) as client:
        warm_up = client.map(nothing, range(WARM_UP), pure=False)
        finish(warm_up)
        before = client.run_on_scheduler(known_tasks)
        start = time.monotonic()
        if shape == "flat":
            futures = client.map(nothing, range(size), pure=False)
        elif shape == "layers":
            futures = dask_layers(client, size)
        else:
            futures = dask_chain(client, size)
        finish(futures)
        seconds = time.monotonic() - start
        # Futures are not optimized, so no tasks are fused into one; this makes sure of it.
        known = client.run_on_scheduler(known_tasks) - before
        if known != len(futures):
            raise RuntimeError(f"the scheduler knew {known} tasks instead of {len(futures)}")
        result = {"tasks": size * LAYERS if shape == "layers" else size, "seconds": seconds}
        if shape == "chain":
            times = client.gather(futures)
            first = int(size * UNCOUNTED_HOPS)
            result["hops"] = [(times[i + 1][0] - times[i][1]) / 1e6 for i in range(first, size - 1)]
        return result


def silent(job, deps=()):
    return job.program(["true"], stdout=None, stderr=None, deps=deps)


def clock(job, file, deps=()):
    """A task that writes the time down: the client looks only once a second whether a job has ended."""
    return job.program(["date", "+%s%N"], stdout=file, stderr=None, deps=deps)


def nanos(file):
    with open(file) as lines:
        return int(lines.read())


def run_hyperqueue(shape, size):
    from hyperqueue import Job, LocalCluster
    from hyperqueue.cluster import WorkerConfig

    directory = tempfile.mkdtemp(dir=os.getcwd())
    begun, ended = os.path.join(directory, "begun"), os.path.join(directory, "ended")
    with LocalCluster(directory, WorkerConfig(cores=os.cpu_count())) as cluster:
        client = cluster.client()

        def run(job):
            client.wait_for_jobs([client.submit(job)])

        warm_up = Job(default_workdir=directory)
        for _ in range(min(size, WARM_UP)):
            silent(warm_up)
        run(warm_up)
        job = Job(default_workdir=directory)
        if shape == "chain":
            last = clock(job, begun)
            for _ in range(size - 2):
                last = silent(job, [last])
            clock(job, ended, [last])
            run(job)
            seconds = (nanos(ended) - nanos(begun)) / 1e9
            return {"tasks": size, "seconds": seconds, "hops": [seconds * 1e3 / (size - 1)]}
        layer = [silent(job) for _ in range(size)]
        for _ in range(LAYERS - 1 if shape == "layers" else 0):
            gate = silent(job, layer)
            layer = [silent(job, [gate]) for _ in range(size)]
        clock(job, ended, layer)
        start = time.time_ns()
        run(job)
        tasks = size * LAYERS if shape == "layers" else size
        return {"tasks": tasks, "seconds": (nanos(ended) - start) / 1e9}


def main():
    peer, shape, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
    threading.Thread(target=end_with_parent, daemon=True).start()
    if peer == "hyperqueue":
        result = run_hyperqueue(shape, size)
    else:
        result = run_dask(peer == "dask-processes", shape, size)
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
