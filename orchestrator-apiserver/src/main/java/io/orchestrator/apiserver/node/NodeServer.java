package io.orchestrator.apiserver.node;

import io.orchestrator.apiserver.http.JettyServer;
import io.orchestrator.apiserver.http.ServingRenewal;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.embed.NodeDoor;
import io.orchestrator.core.embed.ServedNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node's HTTPS port, and one without TLS that is off unless asked for.
 *
 * <pre>{@code
 * Cluster.builder().nodes(1).nodeServer(NodeServer.onPort(10250).withReadOnlyPort(10255)).start();
 * }</pre>
 *
 * <p>Listens on the loopback interface unless {@link #on} says otherwise. Immutable.
 */
public final class NodeServer implements NodeDoor {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";
    private static final int NONE = -1;
    private static final int MAX_PORT = 65_535;
    private static final int THREADS = 64;
    private static final Duration IDLE = Duration.ofSeconds(90);

    private final String address;
    private final int port;
    private final int readOnlyPort;
    private final List<String> names;

    private NodeServer(String address, int port, int readOnlyPort, List<String> names) {
        this.address = address;
        this.port = port;
        this.readOnlyPort = readOnlyPort;
        this.names = List.copyOf(names);
    }

    /** On this port of the loopback interface; 0 takes any that is free. A kubelet's is 10250. */
    public static NodeServer onPort(int port) {
        return new NodeServer(LOOPBACK, checked(port), NONE, List.of());
    }

    /** The same on another address of this machine; {@code 0.0.0.0} for all. */
    public NodeServer on(String address) {
        return new NodeServer(address, port, readOnlyPort, names);
    }

    /** The same with a certificate that is good for this DNS name or IP address, too. */
    public NodeServer reachableAs(String nameOrAddress) {
        Set<String> more = new LinkedHashSet<>(names);
        more.add(nameOrAddress);
        return new NodeServer(address, port, readOnlyPort, List.copyOf(more));
    }

    /**
     * The same with a second port, on which everybody who can reach it may read pods, health, use and metrics by plain HTTP;
     * 0 takes any that is free. A kubelet's is 10255.
     */
    public NodeServer withReadOnlyPort(int port) {
        return new NodeServer(address, this.port, checked(port), names);
    }

    private static int checked(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        return port;
    }

    @Override
    public Open open(ServedNode node) {
        NodeHandlers handlers = new NodeHandlers(node, IDLE);
        Identity identity = identity(node);
        JettyServer secure =
                JettyServer.start(address, port, THREADS, IDLE, identity, node.authority(), handlers::authenticated);
        try {
            JettyServer open = readOnlyPort == NONE
                    ? null
                    : JettyServer.startPlain(address, readOnlyPort, THREADS, IDLE, handlers::readOnly);
            ServingRenewal renewal = new ServingRenewal(
                    identity, () -> identity(node), fresh -> secure.renew(fresh, node.authority()), node.environment());
            renewal.start();
            return new Open(handlers, renewal, secure, open);
        } catch (RuntimeException e) {
            secure.close();
            throw e;
        }
    }

    private Identity identity(ServedNode node) {
        Set<String> dns = new LinkedHashSet<>(List.of(node.name()));
        Set<String> addresses = new LinkedHashSet<>();
        if (!address.equals(EVERYWHERE)) {
            addresses.add(address);
        }
        for (String name : names) {
            (isAddress(name) ? addresses : dns).add(name);
        }
        (isAddress(node.address()) ? addresses : dns).add(node.address());
        return node.certificates().issue(List.copyOf(dns), List.copyOf(addresses));
    }

    private static boolean isAddress(String name) {
        return name.matches("[0-9.]+") || name.indexOf(':') >= 0;
    }

    /** The ports that stand open. */
    public static final class Open implements Opened {
        private final NodeHandlers handlers;
        private final ServingRenewal renewal;
        private final JettyServer secure;
        private final @Nullable JettyServer readOnly;

        private Open(
                NodeHandlers handlers, ServingRenewal renewal, JettyServer secure, @Nullable JettyServer readOnly) {
            this.handlers = handlers;
            this.renewal = renewal;
            this.secure = secure;
            this.readOnly = readOnly;
        }

        @Override
        public int port() {
            return secure.port();
        }

        /** Where everybody may read; 0 where that is off. */
        public int readOnlyPort() {
            return readOnly == null ? 0 : readOnly.port();
        }

        @Override
        public void close() {
            renewal.close();
            handlers.close();
            try {
                if (readOnly != null) {
                    readOnly.close();
                }
            } finally {
                secure.close();
            }
        }
    }
}
