package io.yardmaster.bench.peers;

/** The columns of the tables. */
enum Contender {
    /** Handlers in the process of the Java client. */
    YARDMASTER("Yardmaster", "", null, false),
    DASK_THREADS("Dask, threads", "dask-threads", PeerLibrary.DASK, false),
    DASK_PROCESSES("Dask, processes", "dask-processes", PeerLibrary.DASK, false),
    /** The handler of {@code work --exec}, which starts a process for each task. */
    YARDMASTER_EXEC("Yardmaster", "", null, true),
    HYPERQUEUE("HyperQueue", "hyperqueue", PeerLibrary.HYPERQUEUE, true);

    private final String label;
    private final String script;
    private final PeerLibrary library;
    private final boolean startsProcesses;

    Contender(String label, String script, PeerLibrary library, boolean startsProcesses) {
        this.label = label;
        this.script = script;
        this.library = library;
        this.startsProcesses = startsProcesses;
    }

    String label() {
        return label;
    }

    /** The name that the script of the peers knows; empty for this scheduler itself. */
    String script() {
        return script;
    }

    /** True if each task is a process of its own, false if it is a call in the process of a worker. */
    boolean startsProcesses() {
        return startsProcesses;
    }

    boolean isPeer() {
        return library != null;
    }

    /** True if its library is there; this scheduler takes part wherever a peer does with which it is compared. */
    boolean takesPart(PeerPackages packages) {
        return packages.has(isPeer() ? library : startsProcesses ? PeerLibrary.HYPERQUEUE : PeerLibrary.DASK);
    }
}
