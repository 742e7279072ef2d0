package io.orchestrator.api.model.discovery;

/** Known values of an address type; others are stored just as well. */
public final class AddressType {
    public static final String FQDN = "FQDN";
    public static final String IPV4 = "IPv4";
    public static final String IPV6 = "IPv6";

    private AddressType() {}
}
