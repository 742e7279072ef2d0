package io.orchestrator.api.model.core;

/** Known values of an app armor profile type; others are stored just as well. */
public final class AppArmorProfileType {
    public static final String UNCONFINED = "Unconfined";
    public static final String RUNTIME_DEFAULT = "RuntimeDefault";
    public static final String LOCALHOST = "Localhost";

    private AppArmorProfileType() {}
}
