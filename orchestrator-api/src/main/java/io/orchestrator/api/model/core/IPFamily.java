package io.orchestrator.api.model.core;

/** Known values of an ip family; others are stored just as well. */
public final class IPFamily {
    public static final String IPV4 = "IPv4";
    public static final String IPV6 = "IPv6";
    public static final String UNKNOWN = "";

    private IPFamily() {}
}
