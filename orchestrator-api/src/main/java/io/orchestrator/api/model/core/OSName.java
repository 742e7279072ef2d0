package io.orchestrator.api.model.core;

/** Known values of an os name; others are stored just as well. */
public final class OSName {
    public static final String LINUX = "linux";
    public static final String WINDOWS = "windows";

    private OSName() {}
}
