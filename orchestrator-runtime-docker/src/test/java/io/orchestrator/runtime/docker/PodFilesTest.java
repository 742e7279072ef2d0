package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aPodFindsItselfAndItsAliases() {
        assertThat(PodFiles.hosts(pod("web-0", "web.shop.svc.cluster.local"), "10.4.0.40")
                        .lines())
                .startsWith("# Kubernetes-managed hosts file.", "127.0.0.1\tlocalhost")
                .endsWith("10.4.0.40\tweb-0.web.shop.svc.cluster.local web-0", "10.0.0.7\tdb db.internal");
        assertThat(PodFiles.hosts(pod("web-0", ""), "10.4.0.40")).contains("\n10.4.0.40\tweb-0\n");
    }

    @Test
    void aMountOfTheContainersOwnWins() throws IOException {
        PodFiles files = new PodFiles(folder);
        files.write("s", pod("web", ""), "10.4.0.40", "nameserver 10.0.0.10\n");
        assertThat(files.binds("s", Set.of("/etc/hosts"), true)).singleElement().satisfies(bind -> {
            assertThat(bind.getVolume().getPath()).isEqualTo("/etc/resolv.conf");
            assertThat(Path.of(bind.getPath())).hasContent("nameserver 10.0.0.10\n");
            assertThat(bind.getAccessMode()).isEqualTo(com.github.dockerjava.api.model.AccessMode.ro);
        });
        assertThat(files.binds("s", Set.of(), false))
                .extracting(bind -> bind.getVolume().getPath())
                .containsExactlyInAnyOrder("/etc/hosts", "/etc/resolv.conf");
    }

    @Test
    void filesOfSandboxesThatAreGoneAreSwept() throws IOException {
        PodFiles files = new PodFiles(folder.resolve("pods"));
        files.sweep(Set.of(), Instant.now());
        files.write("there", pod("a", ""), "10.4.0.40", "");
        files.write("gone", pod("b", ""), "10.4.0.41", "");
        files.sweep(Set.of("there"), Instant.now().plusSeconds(60));
        assertThat(folder.resolve("pods").toFile().list()).containsExactly("there");
        files.close();
        assertThat(folder.resolve("pods")).exists();
        files.remove("there");
        files.remove("there");
        files.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void everyUserOfAContainerMayReadThemAndNobodyElseOfTheMachineGetsAtThem() throws IOException {
        PodFiles files = new PodFiles(folder.resolve("pods"));
        Files.createDirectories(folder.resolve("pods/s"));
        Path hosts = Files.writeString(folder.resolve("pods/s/hosts"), "of a try before");
        Files.setPosixFilePermissions(hosts, PosixFilePermissions.fromString("rwx------"));
        files.write("s", pod("web", ""), "10.4.0.40", "");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hosts)))
                .isEqualTo("rw-r--r--");
        files.write("t", pod("web", ""), "10.4.0.40", "");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pods/t"))))
                .isEqualTo("rwx------");
    }

    private static SandboxSpec pod(String hostname, String domain) {
        return new SandboxSpec(
                "id",
                0,
                new PodIdentity("shop", hostname, "uid"),
                hostname,
                domain,
                SandboxSpec.DnsSetup.engineDefault(),
                Map.of("10.0.0.7", List.of("db", "db.internal")),
                List.of(),
                SandboxSpec.Namespaces.ofPod(),
                "",
                Map.of(),
                Map.of(),
                Map.of());
    }
}
