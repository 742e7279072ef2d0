package io.orchestrator.api.model.core;

/** Values of storage medium. */
public final class StorageMedium {
    public static final String DEFAULT = "";
    public static final String MEMORY = "Memory";
    public static final String HUGE_PAGES = "HugePages";
    public static final String HUGE_PAGES_ = "HugePages-";

    private StorageMedium() {}
}
