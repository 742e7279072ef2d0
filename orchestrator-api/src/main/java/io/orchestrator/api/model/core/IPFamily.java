package io.orchestrator.api.model.core;

/** Values of ip family. */
public final class IPFamily {
    public static final String IPV4 = "IPv4";
    public static final String IPV6 = "IPv6";
    public static final String UNKNOWN = "";

    private IPFamily() {}
}
