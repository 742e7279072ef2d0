package io.orchestrator.api.model.core;

/** Values of container restart policy. */
public final class ContainerRestartPolicy {
    public static final String ALWAYS = "Always";

    private ContainerRestartPolicy() {}
}
