package io.orchestrator.api.model.core;

/** Known values of an azure data disk caching mode; others are stored just as well. */
public final class AzureDataDiskCachingMode {
    public static final String NONE = "None";
    public static final String READ_ONLY = "ReadOnly";
    public static final String READ_WRITE = "ReadWrite";

    private AzureDataDiskCachingMode() {}
}
