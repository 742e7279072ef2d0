package io.orchestrator.api.model.core;

/** Values of finalizer name. */
public final class FinalizerName {
    public static final String KUBERNETES = "kubernetes";

    private FinalizerName() {}
}
