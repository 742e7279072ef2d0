package io.orchestrator.apiserver;

import io.orchestrator.apiserver.http.JettyServer;
import io.orchestrator.apiserver.http.ServingRenewal;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.embed.ControlPlane;
import io.orchestrator.core.embed.FrontDoor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The REST API of Kubernetes on an HTTPS port of this machine.
 *
 * <pre>{@code
 * Cluster.builder().apiServer(ApiServer.onPort(6443)).start();
 * }</pre>
 *
 * <p>Listens on the loopback interface unless {@link #on} says otherwise, and speaks TLS alone unless
 * {@link #withCleartextPort(int)} asks for more. Its certificate is issued by the cluster's own
 * authority, which the kubeconfig carries, and followed by the next one while the server runs, long before it expires. Immutable.
 */
public final class ApiServer implements FrontDoor {
    private static final String LOOPBACK = "127.0.0.1";

    private final String address;
    private final int port;
    private final List<String> names;
    private final ServerLimits limits;
    private final @Nullable CleartextPort cleartext;

    private ApiServer(
            String address, int port, List<String> names, ServerLimits limits, @Nullable CleartextPort cleartext) {
        this.address = address;
        this.port = port;
        this.names = List.copyOf(names);
        this.limits = limits;
        this.cleartext = cleartext;
    }

    /** On this port of the loopback interface; 0 takes any that is free. */
    public static ApiServer onPort(int port) {
        return new ApiServer(LOOPBACK, CleartextPort.checked(port), List.of(), ServerLimits.STANDARD, null);
    }

    /** The same on another address of this machine; {@code 0.0.0.0} for all. */
    public ApiServer on(String address) {
        return new ApiServer(address, port, names, limits, cleartext);
    }

    /** The same with a certificate that is good for this DNS name or IP address, too. */
    public ApiServer reachableAs(String nameOrAddress) {
        List<String> more = new ArrayList<>(names);
        more.add(nameOrAddress);
        return new ApiServer(address, port, more, limits, cleartext);
    }

    /**
     * The same with another time after which an idle connection is closed and a client that takes nothing of its answer is
     * cut off; 90 seconds otherwise. Watches and logs that are merely silent are not idle.
     */
    public ApiServer idleTimeout(Duration idle) {
        return with(limits.withIdle(idle));
    }

    /**
     * The same with another time that a request may take, unless it is a watch or a stream; 60 seconds otherwise. Who asks for
     * less with {@code timeout=} gets less.
     */
    public ApiServer requestTimeout(Duration time) {
        return with(limits.withRequestTime(time));
    }

    /**
     * The same with another number of requests that are served at a time, watches and streams aside; 200 otherwise. The rest
     * waits, each user's for that user's turn, and is sent away with TooManyRequests when that takes too long. Administrators
     * do not wait.
     */
    public ApiServer maxRequestsInFlight(int requests) {
        return with(limits.withInFlight(requests));
    }

    private ApiServer with(ServerLimits other) {
        return new ApiServer(address, port, names, other, cleartext);
    }

    /**
     * The same with a second port on the loopback interface that speaks HTTP without TLS, HTTP/1.1 and HTTP/2; 0 takes any that is
     * free. For tools that cannot do TLS, tests, and a proxy on this machine that ends TLS itself.
     *
     * <p><b>The risk.</b> Whoever may look at this machine's loopback traffic reads bearer tokens, secrets and what is typed into
     * containers, and a client has no proof of whom it talks to: once this server is gone, another program may take its port and
     * collect the tokens. There are no client certificates here: callers show a bearer token, which counts as it does over
     * HTTPS, or are anonymous.
     */
    public ApiServer withCleartextPort(int port) {
        return withCleartextPort(LOOPBACK, port);
    }

    /**
     * As {@link #withCleartextPort(int)}, on another loopback address, such as {@code ::1}.
     *
     * @throws IllegalArgumentException when the address is not a loopback one
     */
    public ApiServer withCleartextPort(String address, int port) {
        return new ApiServer(this.address, this.port, names, limits, CleartextPort.onLoopback(address, port));
    }

    /**
     * As {@link #withCleartextPort(int)}, on an address that others reach. <b>Everybody on the way reads every token and secret, and
     * may act with them.</b> Only for a network that nobody else is on, such as one that is encrypted below.
     *
     * @param address {@code 0.0.0.0} for all of this machine's
     */
    public ApiServer withCleartextPortThatOthersCanRead(String address, int port) {
        return new ApiServer(this.address, this.port, names, limits, CleartextPort.anywhere(address, port));
    }

    @Override
    public Opened open(ControlPlane plane) {
        ApiHandlers handlers = new ApiHandlers(plane, limits);
        List<JettyServer.Port> ports = new ArrayList<>();
        Identity identity = identity(plane);
        X509Certificate authority = plane.authority().certificate();
        ports.add(JettyServer.Port.secure(address, port, identity, authority));
        if (cleartext != null) {
            ports.add(cleartext.open());
        }
        JettyServer server = JettyServer.start(ports, limits.threads(), limits.idle(), handlers::handler);
        Optional<String> plain = Optional.ofNullable(cleartext).map(each -> each.url(server.port(1)));
        ServingRenewal renewal = new ServingRenewal(
                identity, () -> identity(plane), fresh -> server.renew(fresh, authority), plane.environment());
        renewal.start();
        return new Running(plane, server, handlers, renewal, address.equals("0.0.0.0") ? LOOPBACK : address, plain);
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
    private record Running(
            ControlPlane plane,
            JettyServer server,
            ApiHandlers handlers,
            ServingRenewal renewal,
            String host,
            Optional<String> cleartextUrl)
            implements Opened {
        @Override
        public String url() {
            return "https://" + host + ":" + server.port();
        }

        @Override
        public Kubeconfig adminKubeconfig() {
            Identity admin = plane.authority().issueLastingClient("kubernetes-admin", List.of(UserInfo.MASTERS));
            return new Kubeconfig(
                    plane.clusterName(), url(), plane.authority().certificatePem(), "kubernetes-admin", admin);
        }

        @Override
        public void close() {
            renewal.close();
            handlers.close();
            server.close();
        }
    }
}
