package io.orchestrator.core.network.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.core.network.policy.Locality.Parties;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalityTest {
    private static final String ADDRESS = "172.18.0.2";
    private static final String OTHER = "172.18.0.3";

    private final Locality locality = new Locality(Set.of("own"), () -> Set.of("192.0.2.1"));

    private static Pod pod(String app, String node, String host, String address) {
        Pod pod = Pod.named(app)
                .label("app", app)
                .nodeName(node)
                .container("c", "c:1", c -> c)
                .build();
        return pod.withStatus(PodStatusBuilder.builder(pod.status())
                .podIP(address)
                .hostIP(host)
                .build());
    }

    private static List<String> apps(List<Party> parties) {
        return parties.stream().map(party -> party.labels().get("app")).toList();
    }

    @Test
    void anAddressThatPodsHereAndElsewhereHaveIsThatOfTheOneHere() {
        Parties parties = locality.parties(
                List.of(pod("distant", "far", "192.0.2.2", ADDRESS), pod("local", "own", "127.0.0.1", ADDRESS)));
        assertThat(apps(parties.local())).containsExactly("local");
        assertThat(parties.distant()).isEmpty();
    }

    @Test
    void aPodElsewhereIsAPeerButIsNotRestrictedHere() {
        Parties parties = locality.parties(
                List.of(pod("distant", "far", "192.0.2.2", OTHER), pod("local", "own", "127.0.0.1", ADDRESS)));
        assertThat(apps(parties.local())).containsExactly("local");
        assertThat(apps(parties.distant())).containsExactly("distant");
    }

    @Test
    void theNodesOfOtherProcessesOnThisMachineAreHere() {
        Parties parties = locality.parties(List.of(
                pod("joined", "beside", "192.0.2.1", ADDRESS),
                pod("looped", "loop", "127.0.0.1", OTHER),
                pod("distant", "far", "192.0.2.2", ADDRESS)));
        assertThat(apps(parties.local())).containsExactly("joined", "looped");
        assertThat(parties.distant()).isEmpty();
    }

    @Test
    void whereOnlyLoopbackIsSaidThisProcessKnowsBetter() {
        Parties parties = locality.parties(
                List.of(pod("looped", "loop", "127.0.0.1", ADDRESS), pod("local", "own", "127.0.0.1", ADDRESS)));
        assertThat(apps(parties.local())).containsExactly("local");
        assertThat(parties.distant()).isEmpty();
    }

    @Test
    void thisMachineKnowsItsAddresses() {
        assertThat(Locality.of(Set.of()).addresses().get()).contains("127.0.0.1");
    }
}
