package io.orchestrator.spi.runtime;

import java.time.Instant;

/** What a container uses: CPU time since its start, memory now. */
public record ContainerStats(Instant at, long cpuNanos, long memoryWorkingSetBytes) {}
