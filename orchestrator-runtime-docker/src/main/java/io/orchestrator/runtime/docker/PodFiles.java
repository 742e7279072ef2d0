package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import io.orchestrator.spi.runtime.SandboxSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files by which containers find others, where the engine does not keep them: {@code /etc/hosts} and {@code /etc/resolv.conf}. One folder for
 * each sandbox, whose containers share its files as they would share the engine's. Blocking; thread-safe.
 */
final class PodFiles {
    private static final String HOSTS = "hosts";
    private static final String RESOLVER = "resolv.conf";
    private static final Map<String, String> PLACES = Map.of("/etc/hosts", HOSTS, "/etc/resolv.conf", RESOLVER);

    /** What every container finds there, as a kubelet writes it. */
    private static final String LOCAL = """
            # Kubernetes-managed hosts file.
            127.0.0.1	localhost
            ::1	localhost ip6-localhost ip6-loopback
            fe00::0	ip6-localnet
            ff00::0	ip6-mcastprefix
            ff02::1	ip6-allnodes
            ff02::2	ip6-allrouters
            """;

    private final Path folder;

    /** @param folder made if need be; whoever may write in it is trusted */
    PodFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes a sandbox's files. @param resolver the text of its {@code /etc/resolv.conf} */
    void write(String sandbox, SandboxSpec spec, String address, String resolver) throws IOException {
        Path own = folder(sandbox);
        OwnFiles.folder(own);
        OwnFiles.write(own.resolve(HOSTS), hosts(spec, address));
        OwnFiles.write(own.resolve(RESOLVER), resolver);
    }

    static String hosts(SandboxSpec spec, String address) {
        StringBuilder text = new StringBuilder(LOCAL).append(address).append('\t');
        if (!spec.domain().isEmpty()) {
            text.append(spec.hostname()).append('.').append(spec.domain()).append(' ');
        }
        text.append(spec.hostname()).append('\n');
        new TreeMap<>(spec.hosts())
                .forEach((other, names) -> text.append(other)
                        .append('\t')
                        .append(String.join(" ", names))
                        .append('\n'));
        return text.toString();
    }

    /**
     * How a container gets the files of its sandbox.
     *
     * @param taken where the container has mounts of its own: these win
     * @param readOnly whether it may not write to them, as to the rest of its root
     */
    List<Bind> binds(String sandbox, Set<String> taken, boolean readOnly) {
        Path own = folder(sandbox);
        return PLACES.entrySet().stream()
                .filter(place -> !taken.contains(place.getKey()))
                .map(place -> new Bind(
                        own.resolve(place.getValue()).toString(),
                        new Volume(place.getKey()),
                        readOnly ? AccessMode.ro : AccessMode.rw))
                .toList();
    }

    /** Where a sandbox's files are, or would be. */
    Path folder(String sandbox) {
        return folder.resolve(sandbox);
    }

    boolean has(String sandbox) {
        return Files.isDirectory(folder(sandbox));
    }

    void remove(String sandbox) throws IOException {
        Path own = folder(sandbox);
        for (String each : List.of(HOSTS, RESOLVER)) {
            Files.deleteIfExists(own.resolve(each));
        }
        Files.deleteIfExists(own);
    }

    /**
     * Removes what those left behind that are gone.
     *
     * @param present sandboxes that the engine has
     * @param before only files written before it: younger ones may be of sandboxes that are just being made
     */
    void sweep(Set<String> present, Instant before) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
            for (Path each : folders) {
                String sandbox = String.valueOf(each.getFileName());
                if (!present.contains(sandbox)
                        && Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
                    remove(sandbox);
                }
            }
        } catch (NoSuchFileException e) {
            // Nobody had files yet.
        }
    }

    /** Removes the folder, if no sandbox has files. */
    void close() throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (java.nio.file.DirectoryNotEmptyException e) {
            // Somebody else's sandboxes are on the same network.
        }
    }
}
