package io.orchestrator.apiserver;

import io.orchestrator.apiserver.http.JettyServer;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.core.embed.FrontDoor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The REST API of Kubernetes on an HTTPS port of this machine.
 *
 * <pre>{@code
 * Cluster.builder().apiServer(ApiServer.onPort(6443)).start();
 * }</pre>
 *
 * <p>Listens on the loopback interface unless {@link #on} says otherwise. Its certificate is issued by the cluster's own
 * authority, which the kubeconfig carries. Immutable.
 */
public final class ApiServer implements FrontDoor {
    private static final String LOOPBACK = "127.0.0.1";

    private final String address;
    private final int port;
    private final List<String> names;
    private final ServerLimits limits;

    private ApiServer(String address, int port, List<String> names, ServerLimits limits) {
        this.address = address;
        this.port = port;
        this.names = List.copyOf(names);
        this.limits = limits;
    }

    /** On this port of the loopback interface; 0 takes any that is free. */
    public static ApiServer onPort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        return new ApiServer(LOOPBACK, port, List.of(), ServerLimits.STANDARD);
    }

    /** The same on another address of this machine; {@code 0.0.0.0} for all. */
    public ApiServer on(String address) {
        return new ApiServer(address, port, names, limits);
    }

    /** The same with a certificate that is good for this DNS name or IP address, too. */
    public ApiServer reachableAs(String nameOrAddress) {
        List<String> more = new ArrayList<>(names);
        more.add(nameOrAddress);
        return new ApiServer(address, port, more, limits);
    }

    /**
     * The same with another time after which an idle connection is closed and a client that takes nothing of its answer is
     * cut off; 90 seconds otherwise. Watches and logs that are merely silent are not idle.
     */
    public ApiServer idleTimeout(Duration idle) {
        return new ApiServer(address, port, names, limits.withIdle(idle));
    }

    /**
     * The same with another time that a request may take, unless it is a watch or a stream; 60 seconds otherwise. Who asks for
     * less with {@code timeout=} gets less.
     */
    public ApiServer requestTimeout(Duration time) {
        return new ApiServer(address, port, names, limits.withRequestTime(time));
    }

    /**
     * The same with another number of requests that are served at a time, watches and streams aside; 200 otherwise. The rest
     * waits, each user's for that user's turn, and is sent away with TooManyRequests when that takes too long. Administrators
     * do not wait.
     */
    public ApiServer maxRequestsInFlight(int requests) {
        return new ApiServer(address, port, names, limits.withInFlight(requests));
    }

    @Override
    public Opened open(ControlPlane plane) {
        ApiHandlers handlers = new ApiHandlers(plane, limits);
        JettyServer server = JettyServer.start(
                address,
                port,
                limits.threads(),
                limits.idle(),
                identity(plane),
                plane.authority().certificate(),
                handlers::handler);
        return new Running(plane, server, handlers, address.equals("0.0.0.0") ? LOOPBACK : address);
    }

    private Identity identity(ControlPlane plane) {
        List<String> dns = new ArrayList<>(List.of(
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local",
                "localhost"));
        List<String> addresses = new ArrayList<>(List.of(LOOPBACK, plane.serviceAddress()));
        if (!address.equals("0.0.0.0") && !address.equals(LOOPBACK)) {
            addresses.add(address);
        }
        for (String name : names) {
            (isAddress(name) ? addresses : dns).add(name);
        }
        return plane.authority().issueServer(dns, addresses);
    }

    private static boolean isAddress(String name) {
        return name.matches("[0-9.]+") || name.indexOf(':') >= 0;
    }

    /** A server that answers. */
    private record Running(ControlPlane plane, JettyServer server, ApiHandlers handlers, String host)
            implements Opened {
        @Override
        public String url() {
            return "https://" + host + ":" + server.port();
        }

        @Override
        public Kubeconfig adminKubeconfig() {
            Identity admin = plane.authority().issueClient("kubernetes-admin", List.of(UserInfo.MASTERS));
            return new Kubeconfig(
                    plane.clusterName(), url(), plane.authority().certificatePem(), "kubernetes-admin", admin);
        }

        @Override
        public void close() {
            handlers.close();
            server.close();
        }
    }
}
