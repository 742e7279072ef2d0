package io.orchestrator.api.model.core;

/** Known values of a finalizer name; others are stored just as well. */
public final class FinalizerName {
    public static final String KUBERNETES = "kubernetes";

    private FinalizerName() {}
}
