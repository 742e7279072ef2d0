package io.orchestrator.api.model.core;

/** Known values of a seccomp profile type; others are stored just as well. */
public final class SeccompProfileType {
    public static final String UNCONFINED = "Unconfined";
    public static final String RUNTIME_DEFAULT = "RuntimeDefault";
    public static final String LOCALHOST = "Localhost";

    private SeccompProfileType() {}
}
