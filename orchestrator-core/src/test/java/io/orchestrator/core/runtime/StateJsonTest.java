package io.orchestrator.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.SandboxSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written by hand is what is read by the components of records: a component that is forgotten fails here. */
class StateJsonTest {
    private static final PodIdentity POD = new PodIdentity("default", "wéb \"1\"", "uid");
    private static final List<ContainerSpec.Mount> MOUNTS =
            List.of(new ContainerSpec.Mount("/a", "/b", true), new ContainerSpec.Mount("/c", "/d", false));

    @TempDir
    Path directory;

    private final ObjectMapper json = new ObjectMapper();
    private final StateFiles files = new StateFiles();
    private final StateJson state = new StateJson();

    @Test
    void aSandboxIsReadAsItWasWritten() throws IOException {
        SandboxSpec spec = new SandboxSpec(
                "id",
                3,
                POD,
                "host",
                "web.default.svc",
                new SandboxSpec.DnsSetup(List.of("10.0.0.1"), List.of("svc", "local"), List.of("ndots:5")),
                Map.of("10.1.1.1", List.of("one", "two")),
                List.of(new SandboxSpec.PortMapping("0.0.0.0", 80, 8080, "TCP")),
                new SandboxSpec.Namespaces(true, false, true, false),
                "/group",
                Map.of("kernel.shm", "1"),
                Map.of("label", "a"),
                Map.of("annotation", "b\n"));
        same(new ProcessSandbox(spec, "127.0.0.2", true, "2026-01-01T00:00:00Z", "boot"));
    }

    @Test
    void aContainerIsReadAsItWasWritten() throws IOException {
        ContainerSpec.Security security = new ContainerSpec.Security(
                1000L, 1001L, List.of(5L, 6L), true, true, false, List.of("NET_ADMIN"), List.of("ALL"), "Unconfined");
        same(container(security, MOUNTS));
    }

    @Test
    void whatAContainerDoesNotSayIsWrittenAsWell() throws IOException {
        same(container(ContainerSpec.Security.defaults(), null));
    }

    @Test
    void whatAnEarlierVersionWroteOfAContainerIsReadAndWrittenAgain() throws IOException {
        ProcessContainer.Stored now = container(ContainerSpec.Security.defaults(), MOUNTS);
        String earlier = new String(state.of(now), StandardCharsets.UTF_8)
                .replace(",\"propagation\":\"NONE\"", "")
                .replace(",\"appArmorProfile\":\"\"", "");
        assertThat(earlier).doesNotContain("propagation", "appArmor");
        ProcessContainer.Stored read = read(earlier.getBytes(StandardCharsets.UTF_8), ProcessContainer.Stored.class);
        assertThat(read).isEqualTo(now);
        same(read);
    }

    private static ProcessContainer.Stored container(
            ContainerSpec.Security security, @Nullable List<ContainerSpec.Mount> files) {
        ContainerSpec spec = new ContainerSpec(
                "id",
                "sandbox",
                "target",
                POD,
                "main",
                7,
                "image:1",
                "sha256:1",
                List.of("sh", "-c"),
                List.of("echo \\ é"),
                Map.of("NAME", "value"),
                "/work",
                MOUNTS,
                new ContainerSpec.Resources(1, 2, 3, -997),
                security,
                true,
                false,
                true,
                "SIGINT",
                Map.of("label", "a"),
                Map.of("annotation", "b"));
        return new ProcessContainer.Stored(spec, "2026-01-01T00:00:00Z", List.of("sh", "-c", "x"), files);
    }

    private void same(ProcessSandbox written) throws IOException {
        byte[] bytes = state.of(written);
        assertThat(json.readTree(bytes)).isEqualTo(json.readTree(json.writeValueAsBytes(written)));
        assertThat(read(bytes, ProcessSandbox.class)).isEqualTo(written);
    }

    private void same(ProcessContainer.Stored written) throws IOException {
        byte[] bytes = state.of(written);
        assertThat(json.readTree(bytes)).isEqualTo(json.readTree(json.writeValueAsBytes(written)));
        assertThat(read(bytes, ProcessContainer.Stored.class)).isEqualTo(written);
    }

    private <T> T read(byte[] bytes, Class<T> type) throws IOException {
        Path file = directory.resolve("state.json");
        StateFiles.write(file, bytes);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        return files.read(file, type);
    }

    @Test
    void aHalfWrittenFileOfAnAgentThatWasKilledIsInNobodysWay() throws IOException {
        Path file = directory.resolve("state.json");
        Files.writeString(directory.resolve("state.json.tmp"), "{\"half");
        StateFiles.write(file, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(file).hasContent("{}");
        assertThat(directory.resolve("state.json.tmp")).doesNotExist();
    }
}
