package io.orchestrator.runtime.docker;

import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a sandbox ask the servers that it was given, rather than Docker's own that stands between: that one answers for addresses
 * of the network itself, so that the cluster's names of pods would never be told. Works where the engine's files are this
 * machine's and may be written; elsewhere Docker's server passes on what it does not know.
 */
final class SandboxResolver {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxResolver.class);

    private SandboxResolver() {}

    /** @param file where the engine has the sandbox's {@code /etc/resolv.conf}, which all containers of the pod share */
    static void write(@Nullable String file, DnsSetup dns) {
        if (file == null || file.isEmpty() || dns.servers().isEmpty()) {
            return;
        }
        try {
            Path path = Path.of(file);
            if (Files.isWritable(path)) {
                // In place: containers have the file itself, not its name.
                Files.writeString(path, text(dns), StandardCharsets.UTF_8);
            }
        } catch (IOException | InvalidPathException e) {
            LOG.debug("a sandbox keeps Docker's own resolver", e);
        }
    }

    static String text(DnsSetup dns) {
        StringBuilder text = new StringBuilder();
        dns.servers()
                .forEach(server -> text.append("nameserver ").append(server).append('\n'));
        if (!dns.searches().isEmpty()) {
            text.append("search ").append(String.join(" ", dns.searches())).append('\n');
        }
        if (!dns.options().isEmpty()) {
            text.append("options ").append(String.join(" ", dns.options())).append('\n');
        }
        return text.toString();
    }
}
