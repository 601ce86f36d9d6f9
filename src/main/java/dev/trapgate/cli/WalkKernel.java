package dev.trapgate.cli;

import dev.trapgate.emulator.KernelGeneration;

/** The kernels that {@code trapgate walk} enters. */
enum WalkKernel {
    CLASSIC(KernelGeneration.CLASSIC),
    MODERN(KernelGeneration.MODERN);

    private final KernelGeneration generation;

    WalkKernel(KernelGeneration generation) {
        this.generation = generation;
    }

    KernelGeneration generation() {
        return generation;
    }
}
