package io.orchestrator.api.model.core;

/** Known values of an ip family policy; others are stored just as well. */
public final class IPFamilyPolicy {
    public static final String SINGLE_STACK = "SingleStack";
    public static final String PREFER_DUAL_STACK = "PreferDualStack";
    public static final String REQUIRE_DUAL_STACK = "RequireDualStack";

    private IPFamilyPolicy() {}
}
