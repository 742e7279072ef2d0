package io.orchestrator.api.model.core;

/** Known values of a storage medium; others are stored just as well. */
public final class StorageMedium {
    public static final String DEFAULT = "";
    public static final String MEMORY = "Memory";
    public static final String HUGE_PAGES = "HugePages";
    public static final String HUGE_PAGES_ = "HugePages-";

    private StorageMedium() {}
}
