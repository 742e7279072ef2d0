package io.orchestrator.api.model.core;

/** Known values of a toleration operator; others are stored just as well. */
public final class TolerationOperator {
    public static final String EXISTS = "Exists";
    public static final String EQUAL = "Equal";

    private TolerationOperator() {}
}
