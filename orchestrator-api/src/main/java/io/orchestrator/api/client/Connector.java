package io.orchestrator.api.client;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Opens transports to clusters outside of this process. The library that does so is found on the class path, by
 * {@link ServiceLoader}; {@code orchestrator-core} has one. Stateless.
 */
public interface Connector {

    /**
     * A way to a cluster.
     *
     * @param namespace that objects are written to which name none
     */
    record Connection(ApiTransport transport, String namespace) {}

    /** @param context empty for the current one */
    Connection kubeconfig(List<Path> files, String context);

    /** As this process's surroundings have it. */
    Connection environment();

    /** @throws IllegalStateException when the class path has none */
    static Connector find() {
        return ServiceLoader.load(Connector.class, Connector.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no library on the class path connects to clusters: add orchestrator-core"));
    }
}
