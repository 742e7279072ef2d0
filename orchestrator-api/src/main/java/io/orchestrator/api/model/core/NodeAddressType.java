package io.orchestrator.api.model.core;

/** Known values of a node address type; others are stored just as well. */
public final class NodeAddressType {
    public static final String HOSTNAME = "Hostname";
    public static final String INTERNAL_IP = "InternalIP";
    public static final String EXTERNAL_IP = "ExternalIP";
    public static final String INTERNAL_DNS = "InternalDNS";
    public static final String EXTERNAL_DNS = "ExternalDNS";

    private NodeAddressType() {}
}
