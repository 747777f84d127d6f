/**
 * B21: other schedulers of task graphs, which come from PyPI, beside this one.
 *
 * <pre>
 *   PeersCommand ──▶ PeerPackages: a virtual environment with the pinned packages
 *        ├─ PeerRun ──▶ peers.py: Dask or HyperQueue, a process for each round
 *        ├─ ClientRounds ──▶ the scheduler in a JVM of its own, the Java client as its fleet
 *        └─ PeerFigures, Survival ──▶ tables and JSON
 * </pre>
 *
 * <p>Dask is compared with handlers in the process of the client, HyperQueue with a process for each task. A peer whose package
 * cannot be had is skipped with a line.
 */
package io.yardmaster.bench.peers;
