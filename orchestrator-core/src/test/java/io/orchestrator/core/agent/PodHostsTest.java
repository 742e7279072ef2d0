package io.orchestrator.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.HostAlias;
import io.orchestrator.api.model.core.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodHostsTest {
    @Test
    void aPodIsKnownByItsWholeNameAndItsShortOneAndSoAreItsAliases() {
        Pod pod = Pod.named("web")
                .spec(spec -> spec.hostAliases(List.of(new HostAlias("1.2.3.4", List.of("foo", "bar")))))
                .container("web", "web:1")
                .build();
        assertThat(PodHosts.ofPod(pod, List.of("10.0.0.7"), "web", "set.default.svc.cluster.local"))
                .startsWith("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n")
                .contains("\n10.0.0.7\tweb.set.default.svc.cluster.local\tweb\n")
                .endsWith("\n# Entries added by HostAliases.\n1.2.3.4\tfoo\tbar\n");
    }

    @Test
    void aPodOnTheNodesNetworkSeesTheHostsOfTheNode() {
        Pod pod = Pod.named("web").container("web", "web:1").build();
        assertThat(PodHosts.ofNode(pod, "127.0.0.1 localhost"))
                .isEqualTo("# Kubernetes-managed hosts file (host network).\n127.0.0.1 localhost\n");
    }
}
