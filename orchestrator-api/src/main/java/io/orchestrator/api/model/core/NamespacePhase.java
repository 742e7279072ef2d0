package io.orchestrator.api.model.core;

/** Known values of a namespace phase; others are stored just as well. */
public final class NamespacePhase {
    public static final String ACTIVE = "Active";
    public static final String TERMINATING = "Terminating";

    private NamespacePhase() {}
}
