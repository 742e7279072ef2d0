package io.orchestrator.core.client.config;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whose certificates are believed.
 *
 * @param authorities that a server's certificate must come from; empty for those of the JVM
 * @param insecure whether any certificate is taken, without a look at it
 * @param serverName that the certificate must be for; empty for the host of the URL
 */
public record ServerTrust(List<X509Certificate> authorities, boolean insecure, String serverName) {
    public ServerTrust {
        authorities = List.copyOf(authorities);
        if (insecure && !authorities.isEmpty()) {
            throw new ConfigException("specifying a root certificates file with the insecure flag is not allowed");
        }
    }

    public static ServerTrust in(List<X509Certificate> authorities) {
        return new ServerTrust(authorities, false, "");
    }

    public static ServerTrust ofJvm() {
        return in(List.of());
    }
}
