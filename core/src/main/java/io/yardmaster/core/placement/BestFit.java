package io.yardmaster.core.placement;

/**
 * Best fit by cores, worst fit by memory. A task prefers hosts without free resources that it does not need, so that hosts with
 * GPUs are left to the tasks that need GPUs; then the host with the least that is free of the other resources that it needs; then
 * the one with the fewest free cores; then the one with the most free memory.
 *
 * @param cores the name of the resource of which little should be left over
 * @param memory the name of the resource of which much should be left over
 */
public record BestFit(String cores, String memory) implements PlacementStrategy.Ordered {
    /** By the resources {@code cpu} and {@code memory}. */
    public static final BestFit DEFAULT = new BestFit("cpu", "memory");

    @Override
    public void rank(HostRoom host, long needed, double[] key) {
        int core = host.resource(cores);
        int main = host.resource(memory);
        int unneeded = 0;
        double scarce = 0;
        for (int resource = 0; resource < host.resources(); resource++) {
            if (resource != core && resource != main) {
                if ((needed >>> resource & 1) != 0) {
                    scarce += host.free(resource);
                } else if (host.free(resource) > 0) {
                    unneeded++;
                }
            }
        }
        key[0] = unneeded;
        key[1] = scarce;
        key[2] = core < 0 ? 0 : host.free(core);
        key[3] = main < 0 ? 0 : -host.free(main);
    }

    @Override
    public boolean packs(Amounts needs) {
        return needs.size() > (needs.of(memory) > 0 ? 1 : 0);
    }
}
