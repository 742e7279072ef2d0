package io.orchestrator.core.network;

/** What carries the traffic of services. */
public enum ProxyMode {
    /** Sockets of this process, without any privilege but that to bind the ports. An endpoint that does not accept is passed over at once. */
    USER_SPACE,
    /** Packet rules where this machine takes them and the process may make them, else user space. The default. */
    AUTO,
    /** Packet rules, and user space for what they cannot do; a start fails where this machine takes none. */
    NFTABLES
}
