package io.orchestrator.api.model.core;

/** Values of azure data disk caching mode. */
public final class AzureDataDiskCachingMode {
    public static final String NONE = "None";
    public static final String READ_ONLY = "ReadOnly";
    public static final String READ_WRITE = "ReadWrite";

    private AzureDataDiskCachingMode() {}
}
