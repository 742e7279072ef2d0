package io.orchestrator.core.network.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code /etc/resolv.conf} of a machine says. Immutable.
 *
 * @param servers addresses, in order
 */
public record ResolverFile(List<String> servers, List<String> searches, List<String> options) {
    private static final Logger LOG = LoggerFactory.getLogger(ResolverFile.class);
    private static final Path FILE = Path.of("/etc/resolv.conf");
    private static final int PORT = 53;

    public ResolverFile {
        servers = List.copyOf(servers);
        searches = List.copyOf(searches);
        options = List.copyOf(options);
    }

    /** That of this machine; with nothing in it where there is none. */
    public static ResolverFile ofThisMachine() {
        try {
            return Files.isReadable(FILE) ? parse(Files.readAllLines(FILE)) : parse(List.of());
        } catch (IOException e) {
            LOG.warn("{} cannot be read: names outside the cluster are not resolved", FILE, e);
            return parse(List.of());
        }
    }

    /** As resolvers read it: of several search lists the last one counts, and unknown words are passed over. */
    public static ResolverFile parse(List<String> lines) {
        List<String> servers = new ArrayList<>();
        List<String> searches = List.of();
        List<String> options = new ArrayList<>();
        for (String line : lines) {
            String text = line.replaceFirst("[#;].*", "").strip();
            List<String> words = List.of(text.split("\\s+"));
            List<String> rest = words.subList(1, words.size());
            switch (words.get(0)) {
                case "nameserver" -> servers.addAll(rest.subList(0, Math.min(1, rest.size())));
                case "search", "domain" -> searches = rest;
                case "options" -> options.addAll(rest);
                default -> {
                    // Nothing that matters here.
                }
            }
        }
        return new ResolverFile(servers, searches, options);
    }

    /** Where the servers are asked. @param except an address that is not to be asked, such as the asker's own */
    List<InetSocketAddress> serversOtherThan(InetAddress except) {
        List<InetSocketAddress> found = new ArrayList<>();
        for (String server : servers) {
            ClusterNames.address(server)
                    .filter(address -> !address.equals(except))
                    .ifPresent(address -> found.add(new InetSocketAddress(address, PORT)));
        }
        return found;
    }
}
