package io.orchestrator.api.model.core;

/** Values of os name. */
public final class OSName {
    public static final String LINUX = "linux";
    public static final String WINDOWS = "windows";

    private OSName() {}
}
