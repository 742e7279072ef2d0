package io.orchestrator.api.model.discovery;

/** Values of address type. */
public final class AddressType {
    public static final String FQDN = "FQDN";
    public static final String IPV4 = "IPv4";
    public static final String IPV6 = "IPv6";

    private AddressType() {}
}
