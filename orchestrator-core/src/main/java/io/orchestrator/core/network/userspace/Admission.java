package io.orchestrator.core.network.userspace;

import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.net.InetAddress;

/** Says whether a client may be led to an endpoint. Thread-safe; asked once for each connection, so it answers at once. */
@FunctionalInterface
public interface Admission {

    /** Everybody may go anywhere. */
    Admission OPEN = (client, endpoint, protocol) -> true;

    /** @param protocol TCP or UDP */
    boolean admits(InetAddress client, Endpoint endpoint, String protocol);
}
