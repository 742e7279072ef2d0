package io.orchestrator.api.model.core;

/** Values of app armor profile type. */
public final class AppArmorProfileType {
    public static final String UNCONFINED = "Unconfined";
    public static final String RUNTIME_DEFAULT = "RuntimeDefault";
    public static final String LOCALHOST = "Localhost";

    private AppArmorProfileType() {}
}
