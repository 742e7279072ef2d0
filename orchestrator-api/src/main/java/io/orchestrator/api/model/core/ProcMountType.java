package io.orchestrator.api.model.core;

/** Known values of a proc mount type; others are stored just as well. */
public final class ProcMountType {
    public static final String DEFAULT = "Default";
    public static final String UNMASKED = "Unmasked";

    private ProcMountType() {}
}
