package io.orchestrator.api.model.core;

/** Values of toleration operator. */
public final class TolerationOperator {
    public static final String EXISTS = "Exists";
    public static final String EQUAL = "Equal";

    private TolerationOperator() {}
}
