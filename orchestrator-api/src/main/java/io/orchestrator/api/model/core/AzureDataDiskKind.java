package io.orchestrator.api.model.core;

/** Known values of an azure data disk kind; others are stored just as well. */
public final class AzureDataDiskKind {
    public static final String SHARED = "Shared";
    public static final String DEDICATED = "Dedicated";
    public static final String MANAGED = "Managed";

    private AzureDataDiskKind() {}
}
