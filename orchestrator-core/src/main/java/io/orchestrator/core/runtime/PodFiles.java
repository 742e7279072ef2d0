package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec.Mount;
import io.orchestrator.spi.runtime.SandboxSpec;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files by which a pod's processes find names: which servers they ask, and what they need not ask for. They lie in the
 * sandbox's directory and are shown in place of the machine's own.
 */
final class PodFiles {
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");
    private static final Path HOSTS = Path.of("/etc/hosts");

    private PodFiles() {}

    /**
     * Writes what differs from the machine's own.
     *
     * @param directory of the sandbox
     * @param address of the pod; that of the machine where it has none of its own
     */
    static void write(Path directory, SandboxSpec spec, String address) throws IOException {
        if (!spec.dns().equals(DnsSetup.engineDefault())) {
            Files.writeString(
                    fileFor(RESOLVER, directory),
                    resolver(spec.dns(), spec.dns().servers().isEmpty() ? lines(RESOLVER) : List.of()));
        }
        if (!spec.namespaces().hostNetwork()) {
            Files.writeString(fileFor(HOSTS, directory), hosts(spec, address));
        } else if (!spec.hosts().isEmpty()) {
            List<String> all = new ArrayList<>(List.of("# Kubernetes-managed hosts file (host network)."));
            all.addAll(lines(HOSTS));
            all.addAll(aliases(spec));
            Files.writeString(fileFor(HOSTS, directory), String.join("\n", all) + "\n");
        }
    }

    /**
     * Writes a table of the mounts, if there is none yet, for the program {@code mount}, which then is begun once for all of them.
     *
     * @param files as {@link #mounts} has them
     */
    static Path table(List<Mount> files) throws IOException {
        Path table = Path.of(files.get(0).hostPath()).resolveSibling("mounts");
        if (!Files.exists(table)) {
            Files.writeString(
                    table,
                    files.stream()
                            .map(mount -> inTable(mount.hostPath()) + " " + mount.containerPath() + " none bind 0 0\n")
                            .collect(Collectors.joining()));
        }
        return table;
    }

    /** Its columns are parted by spaces, and a mark at the beginning makes a remark of a line. */
    private static String inTable(String path) {
        return path.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012")
                .replace("#", "\\043");
    }

    /** What is shown to every container; nothing where nothing was written. */
    static List<Mount> mounts(Path directory) {
        return Stream.of(RESOLVER, HOSTS)
                .filter(Files::exists)
                .filter(path -> Files.exists(fileFor(path, directory)))
                .map(path -> new Mount(fileFor(path, directory).toString(), path.toString(), false))
                .toList();
    }

    private static Path fileFor(Path shown, Path directory) {
        return directory.resolve(shown.getFileName().toString()).toAbsolutePath();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.isReadable(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    }

    /** @param machine what the machine's own says: of that, the servers, where the pod names none */
    static String resolver(DnsSetup dns, List<String> machine) {
        StringBuilder text = new StringBuilder();
        if (!dns.searches().isEmpty()) {
            text.append("search ").append(String.join(" ", dns.searches())).append('\n');
        }
        if (dns.servers().isEmpty()) {
            machine.stream()
                    .filter(line -> line.startsWith("nameserver"))
                    .forEach(line -> text.append(line).append('\n'));
        }
        dns.servers()
                .forEach(server -> text.append("nameserver ").append(server).append('\n'));
        if (!dns.options().isEmpty()) {
            text.append("options ").append(String.join(" ", dns.options())).append('\n');
        }
        return text.toString();
    }

    static String hosts(SandboxSpec spec, String address) {
        List<String> lines = new ArrayList<>(List.of(
                "# Kubernetes-managed hosts file.",
                "127.0.0.1\tlocalhost",
                "::1\tlocalhost ip6-localhost ip6-loopback",
                "fe00::0\tip6-localnet",
                "fe00::0\tip6-mcastprefix",
                "fe00::1\tip6-allnodes",
                "fe00::2\tip6-allrouters"));
        String whole = spec.domain().isEmpty() ? "" : spec.hostname() + "." + spec.domain() + "\t";
        lines.add(address + "\t" + whole + spec.hostname());
        lines.addAll(aliases(spec));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> aliases(SandboxSpec spec) {
        List<String> lines = new ArrayList<>();
        if (!spec.hosts().isEmpty()) {
            lines.add("");
            lines.add("# Entries added by HostAliases.");
            spec.hosts().entrySet().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(entry -> lines.add(entry.getKey() + "\t" + String.join("\t", entry.getValue())));
        }
        return lines;
    }
}
