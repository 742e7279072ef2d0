package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeDirectoryTest {
    private static final Path HOME = Path.of("/home/somebody");
    private static final List<String> ETCD = List.of("http://10.0.0.2:2379", "http://10.0.0.3:2379");

    private static Path of(String name, List<String> endpoints, String prefix) {
        return NodeDirectory.of(name, endpoints, prefix, Map.of(), HOME);
    }

    @Test
    void theSameClusterHasTheSameOneInWhateverOrderItsMembersAreNamed() {
        Path directory = of("web", ETCD, "/tenant-1");
        assertThat(directory).startsWithRaw(HOME.resolve(".local/state/orchestrator"));
        assertThat(directory.getFileName().toString()).matches("web-[0-9a-f]{12}");
        assertThat(of("web", List.of(ETCD.get(1), ETCD.get(0)), "/tenant-1")).isEqualTo(directory);
    }

    @Test
    void anotherNameAnotherEtcdAndAnotherPrefixHaveOthers() {
        assertThat(List.of(
                        of("web", ETCD, ""),
                        of("web", ETCD, "/tenant-1"),
                        of("other", ETCD, ""),
                        of("web", List.of(ETCD.get(0)), "")))
                .doesNotHaveDuplicates();
    }

    @Test
    void theUsersStateHomeIsTakenWhereItIsAbsolute() {
        assertThat(NodeDirectory.of("web", ETCD, "", Map.of("XDG_STATE_HOME", "/var/state"), HOME))
                .startsWithRaw(Path.of("/var/state/orchestrator"));
        assertThat(NodeDirectory.of("web", ETCD, "", Map.of("XDG_STATE_HOME", "state"), HOME))
                .startsWithRaw(HOME);
    }
}
