package io.orchestrator.api.model.core;

/** Values of proc mount type. */
public final class ProcMountType {
    public static final String DEFAULT = "Default";
    public static final String UNMASKED = "Unmasked";

    private ProcMountType() {}
}
