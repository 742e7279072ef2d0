package io.orchestrator.api.model.core;

/** Values of namespace phase. */
public final class NamespacePhase {
    public static final String ACTIVE = "Active";
    public static final String TERMINATING = "Terminating";

    private NamespacePhase() {}
}
