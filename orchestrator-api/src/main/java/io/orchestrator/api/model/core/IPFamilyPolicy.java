package io.orchestrator.api.model.core;

/** Values of ip family policy. */
public final class IPFamilyPolicy {
    public static final String SINGLE_STACK = "SingleStack";
    public static final String PREFER_DUAL_STACK = "PreferDualStack";
    public static final String REQUIRE_DUAL_STACK = "RequireDualStack";

    private IPFamilyPolicy() {}
}
