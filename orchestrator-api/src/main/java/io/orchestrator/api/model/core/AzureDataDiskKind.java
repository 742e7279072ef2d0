package io.orchestrator.api.model.core;

/** Values of azure data disk kind. */
public final class AzureDataDiskKind {
    public static final String SHARED = "Shared";
    public static final String DEDICATED = "Dedicated";
    public static final String MANAGED = "Managed";

    private AzureDataDiskKind() {}
}
