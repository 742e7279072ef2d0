package io.orchestrator.api.model.core;

/** Known values of a container restart policy; others are stored just as well. */
public final class ContainerRestartPolicy {
    public static final String ALWAYS = "Always";

    private ContainerRestartPolicy() {}
}
