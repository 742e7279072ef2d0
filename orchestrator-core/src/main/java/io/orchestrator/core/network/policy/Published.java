package io.orchestrator.core.network.policy;

/**
 * A port of this machine that leads to one of a pod.
 *
 * @param address of this machine that it is open on; empty for all
 */
public record Published(String address, String protocol, int port) {}
