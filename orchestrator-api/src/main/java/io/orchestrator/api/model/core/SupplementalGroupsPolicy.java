package io.orchestrator.api.model.core;

/** Values of supplemental groups policy. */
public final class SupplementalGroupsPolicy {
    public static final String MERGE = "Merge";
    public static final String STRICT = "Strict";

    private SupplementalGroupsPolicy() {}
}
