package io.orchestrator.core.client.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where a cluster is and as whom it is asked.
 *
 * @param servers URLs of API servers of one cluster, in the order in which they are tried; at least one
 * @param trust whose certificates are believed
 * @param proxy over which the servers are reached; empty for the one that this JVM uses for everything
 * @param impersonation on whose behalf requests are made
 * @param namespace that objects are written to which name none
 */
public record ClusterAccess(
        List<URI> servers,
        ServerTrust trust,
        Credentials credentials,
        Optional<URI> proxy,
        Impersonation impersonation,
        String namespace) {

    public ClusterAccess {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new ConfigException("a cluster has at least one server");
        }
        servers.forEach(ClusterAccess::requireHttp);
        proxy.ifPresent(ClusterAccess::requirePlainProxy);
        namespace = namespace.isEmpty() ? "default" : namespace;
    }

    /** One server or several of a cluster, in the namespace {@code default}. */
    public static ClusterAccess of(List<URI> servers, ServerTrust trust, Credentials credentials) {
        return new ClusterAccess(servers, trust, credentials, Optional.empty(), Impersonation.none(), "default");
    }

    private static void requireHttp(URI server) {
        String scheme = server.getScheme();
        if (server.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new ConfigException("the server \"" + server + "\" is no URL with http or https and a host");
        }
    }

    private static void requirePlainProxy(URI proxy) {
        if (!"http".equals(proxy.getScheme()) || proxy.getHost() == null) {
            throw new ConfigException(
                    "the proxy-url \"" + proxy
                            + "\" is not supported: only proxies of the form http://host:port are, not SOCKS or TLS to the proxy");
        }
        if (proxy.getRawUserInfo() != null) {
            throw new ConfigException("the proxy-url names a user, which is not supported");
        }
    }
}
