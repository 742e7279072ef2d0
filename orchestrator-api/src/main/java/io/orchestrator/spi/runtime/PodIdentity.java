package io.orchestrator.spi.runtime;

/** The pod a sandbox or container belongs to. Recorded by the runtime and given back by {@code list}. */
public record PodIdentity(String namespace, String name, String uid) {}
