package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.HostPathVolumeSource;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.core.agent.AgentConfig;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths of the host, which are what a pod says that they are, or are not mounted. */
class HostPathSimTest {
    private static final Path NULL = Path.of("/dev/null");

    @TempDir
    Path directory;

    @TempDir
    Path host;

    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory, config -> config.withPolicy(AgentConfig.Policy.trusting()));
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    private static PodDraft mounting(String name, Path path, String type) {
        return Pod.named(name)
                .spec(spec -> spec.volumes(List.of(VolumeBuilder.builder()
                        .name("host")
                        .hostPath(new HostPathVolumeSource(path.toString(), type))
                        .build())))
                .container("main", "any:1", c -> c.mount("host", "/host"));
    }

    /** Whether a pod with such a volume runs; says why not to those who look. */
    private String mounts(String name, Path path, String type) {
        sim.run(mounting(name, path, type));
        sim.seconds(5);
        boolean ready = sim.pod(name).isReady();
        return ready
                ? ""
                : sim.client.resources(Event.TYPE).list().items().stream()
                        .filter(event -> event.reason().equals("FailedMount")
                                && event.involvedObject().name().equals(name))
                        .map(Event::message)
                        .collect(Collectors.joining());
    }

    @Test
    void whatIsOfTheKindThatThePodNamesIsMounted() throws IOException {
        Path file = Files.createFile(host.resolve("file"));
        Path socket = host.resolve("socket");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            assertThat(mounts("file", file, "File")).isEmpty();
            assertThat(mounts("file-there", file, "FileOrCreate")).isEmpty();
            assertThat(mounts("folder", host, "Directory")).isEmpty();
            assertThat(mounts("folder-there", host, "DirectoryOrCreate")).isEmpty();
            assertThat(mounts("socket", socket, "Socket")).isEmpty();
            assertThat(mounts("device", NULL, "CharDevice")).isEmpty();
            assertThat(mounts("whatever", socket, "")).isEmpty();
        }
    }

    @Test
    void whatIsToBeMadeIsMade() {
        assertThat(mounts("file", host.resolve("new-file"), "FileOrCreate")).isEmpty();
        assertThat(mounts("folder", host.resolve("new/folder"), "DirectoryOrCreate"))
                .isEmpty();

        assertThat(host.resolve("new-file")).isEmptyFile();
        assertThat(host.resolve("new/folder")).isEmptyDirectory();
    }

    @Test
    void whatIsOfAnotherKindIsNotMountedAndTheReasonIsTold() throws IOException {
        Path file = Files.createFile(host.resolve("file"));
        assertThat(mounts("file", host, "File")).endsWith("hostPath type check failed: " + host + " is not a file");
        assertThat(mounts("new-file", host, "FileOrCreate")).endsWith(host + " is not a file");
        assertThat(mounts("folder", file, "Directory")).endsWith(file + " is not a directory");
        assertThat(mounts("new-folder", file, "DirectoryOrCreate")).endsWith(file + " is not a directory");
        assertThat(mounts("missing", host.resolve("none"), "Directory")).endsWith("none is not a directory");
        assertThat(mounts("socket", file, "Socket")).endsWith(file + " is not a socket file");
        assertThat(mounts("no-socket", host.resolve("none"), "Socket")).endsWith("none is not a socket file");
        assertThat(mounts("character", file, "CharDevice")).endsWith(file + " is not a character device");
        assertThat(mounts("block", NULL, "BlockDevice")).endsWith("/dev/null is not a block device");
    }
}
