package io.orchestrator.api.model.core;

/** Known values of a supplemental groups policy; others are stored just as well. */
public final class SupplementalGroupsPolicy {
    public static final String MERGE = "Merge";
    public static final String STRICT = "Strict";

    private SupplementalGroupsPolicy() {}
}
