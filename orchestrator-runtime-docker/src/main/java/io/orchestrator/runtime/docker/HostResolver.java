package io.orchestrator.runtime.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What this machine's own {@code resolv.conf} says, for pods that are given no servers of the cluster. A server on the machine's loopback is not to be
 * reached from a pod: with {@code systemd-resolved} its own list is taken, as engines do.
 */
final class HostResolver {
    private static final List<Path> FILES =
            List.of(Path.of("/etc/resolv.conf"), Path.of("/run/systemd/resolve/resolv.conf"));

    private HostResolver() {}

    /** Empty where no server is named that a pod could reach. */
    static Optional<String> text() {
        return text(FILES);
    }

    static Optional<String> text(List<Path> files) {
        for (Path file : files) {
            try {
                List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                List<String> servers = lines.stream()
                        .filter(line -> line.startsWith("nameserver"))
                        .map(line -> line.substring("nameserver".length()).strip())
                        .toList();
                if (!servers.isEmpty() && servers.stream().allMatch(HostResolver::canBeReached)) {
                    return Optional.of(String.join("\n", lines) + "\n");
                }
            } catch (IOException e) {
                // The next one may be there.
            }
        }
        return Optional.empty();
    }

    /** Pods have no IPv6. */
    private static boolean canBeReached(String server) {
        return !server.startsWith("127.") && server.indexOf(':') < 0;
    }
}
