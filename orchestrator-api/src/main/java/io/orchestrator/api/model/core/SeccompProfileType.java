package io.orchestrator.api.model.core;

/** Values of seccomp profile type. */
public final class SeccompProfileType {
    public static final String UNCONFINED = "Unconfined";
    public static final String RUNTIME_DEFAULT = "RuntimeDefault";
    public static final String LOCALHOST = "Localhost";

    private SeccompProfileType() {}
}
