package io.orchestrator.core.client.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The configuration that every pod finds in its own files and variables: the API as its service account. Stateless. */
public final class PodAccess {
    /** Where the token, the authority and the namespace are in a container. */
    public static final Path FILES = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private PodAccess() {}

    /**
     * @param variables of the process
     * @param files usually {@link #FILES}
     * @return empty outside of a pod
     */
    public static Optional<ClusterAccess> find(Map<String, String> variables, Path files, LongSupplier nanoTime) {
        String host = variables.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = variables.getOrDefault("KUBERNETES_SERVICE_PORT", "");
        Path token = files.resolve("token");
        if (host.isEmpty() || port.isEmpty() || !Files.exists(token)) {
            return Optional.empty();
        }
        Path authority = files.resolve("ca.crt");
        Path namespace = files.resolve("namespace");
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return Optional.of(new ClusterAccess(
                List.of(URI.create("https://" + shown + ":" + port)),
                Files.exists(authority)
                        ? ServerTrust.in(PemFiles.certificates(FileCredentials.text(authority), authority.toString()))
                        : ServerTrust.ofJvm(),
                FileCredentials.token(token, nanoTime),
                Optional.empty(),
                Impersonation.none(),
                Files.exists(namespace) ? FileCredentials.text(namespace).strip() : ""));
    }
}
