package io.yardmaster.bench.peers;

/** The packages that the peers come from. Their versions are in {@code requirements.txt} beside the script. */
enum PeerLibrary {
    DASK("Dask", "distributed"),
    HYPERQUEUE("HyperQueue", "hyperqueue");

    private final String label;
    private final String distribution;

    PeerLibrary(String label, String distribution) {
        this.label = label;
        this.distribution = distribution;
    }

    String label() {
        return label;
    }

    /** Its name on PyPI. */
    String distribution() {
        return distribution;
    }
}
