package io.orchestrator.samples.cluster;

import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.FrontDoor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A second door, without TLS. */
final class CleartextOption {
    @Option(
            names = "--cleartext-port",
            description =
                    "Also answers HTTP without TLS on this port of 127.0.0.1, 0 for any: for tools that cannot do TLS. They"
                            + " show bearer tokens, which whoever may look at loopback traffic can read.")
    private @Nullable Integer port;

    ApiServer applyTo(ApiServer server) {
        return port == null ? server : server.withCleartextPort(port);
    }

    void tell(FrontDoor.Opened door) {
        door.cleartextUrl().ifPresent(url -> Say.line("cleartext: %s", url));
    }
}
