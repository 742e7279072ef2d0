package io.orchestrator.core.schedule.framework;

import static io.orchestrator.core.schedule.framework.SmallCluster.container;
import static io.orchestrator.core.schedule.framework.SmallCluster.pod;
import static io.orchestrator.core.schedule.framework.SmallCluster.quantities;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Container;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodRequestsTest {

    private static Container sidecar(String cpu) {
        return container("sidecar", "cpu", cpu).withRestartPolicy("Always");
    }

    private static long cpu(List<Container> inits, List<Container> containers) {
        return PodRequests.of(pod("p", spec -> spec.initContainers(inits).containers(containers)))
                .milliCpu();
    }

    @Test
    void containersRunAtOnceAndAddUp() {
        assertThat(cpu(List.of(), List.of(container("a", "cpu", "100m"), container("b", "cpu", "200m"))))
                .isEqualTo(300);
    }

    @Test
    void initContainersRunBeforeThemSoTheGreatestCounts() {
        List<Container> inits = List.of(container("i", "cpu", "1"), container("j", "cpu", "500m"));
        assertThat(cpu(inits, List.of(container("a", "cpu", "200m")))).isEqualTo(1000);
        assertThat(cpu(inits, List.of(container("a", "cpu", "2")))).isEqualTo(2000);
    }

    @Test
    void aSidecarCountsBesideTheContainersAndBesideLaterInitContainersOnly() {
        Container big = container("i", "cpu", "1");
        assertThat(cpu(List.of(sidecar("300m")), List.of(container("a", "cpu", "200m"))))
                .isEqualTo(500);
        assertThat(cpu(List.of(sidecar("300m"), big), List.of(container("a", "cpu", "200m"))))
                .isEqualTo(1300);
        assertThat(cpu(List.of(big, sidecar("300m")), List.of(container("a", "cpu", "200m"))))
                .isEqualTo(1000);
    }

    @Test
    void theSandboxsOverheadComesOnTop() {
        Resources requests = PodRequests.of(pod(
                "p",
                spec -> spec.containers(List.of(container("a", "cpu", "200m")))
                        .overhead(quantities("cpu", "50m", "memory", "10Mi"))));
        assertThat(requests.milliCpu()).isEqualTo(250);
        assertThat(requests.memory()).isEqualTo(10L << 20);
    }

    @Test
    void containersThatAskForNothingStillCountInScores() {
        Resources scored = PodRequests.scored(pod("p", spec -> spec));
        assertThat(scored.milliCpu()).isEqualTo(100);
        assertThat(scored.memory()).isEqualTo(200L << 20);
        assertThat(PodRequests.of(pod("p", spec -> spec)).isNone()).isTrue();
    }
}
