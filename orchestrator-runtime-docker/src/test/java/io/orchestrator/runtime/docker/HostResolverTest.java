package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostResolverTest {
    @TempDir
    private Path folder;

    @Test
    void whatTheMachineAsksIsWhatItsPodsAsk() throws IOException {
        Path own = file("own", "search example.org\nnameserver 192.0.2.1\nnameserver 192.0.2.2\n");
        assertThat(HostResolver.text(List.of(own)))
                .contains("search example.org\nnameserver 192.0.2.1\nnameserver 192.0.2.2\n");
    }

    @Test
    void aServerOnTheMachinesLoopbackIsPassedOverForThoseThatItAsks() throws IOException {
        Path own = file("own", "nameserver 127.0.0.53\n");
        Path systemd = file("systemd", "nameserver 192.0.2.1\n");
        assertThat(HostResolver.text(List.of(own, systemd))).contains("nameserver 192.0.2.1\n");
    }

    @Test
    void whereNoServerCanBeReachedFromAPodNothingIsSaid() throws IOException {
        Path loopback = file("loopback", "nameserver 127.0.0.1\n");
        Path six = file("six", "nameserver fe80::1%eth0\n");
        Path none = file("none", "search example.org\n");
        assertThat(HostResolver.text(List.of(loopback, six, none, folder.resolve("missing"))))
                .isEmpty();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
