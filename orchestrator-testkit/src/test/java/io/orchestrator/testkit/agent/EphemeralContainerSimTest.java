package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.EphemeralContainer;
import io.orchestrator.api.model.core.Pod;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that join a pod while it runs. */
class EphemeralContainerSimTest {
    @TempDir
    Path directory;

    private AgentFixture sim;
    private Pod pod;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
        pod = sim.run(Pod.named("web").container("web", "nginx:1.27"));
        sim.seconds(3);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void aDebuggerJoinsTheRunningPodAndAnotherOneAfterIt() {
        debug("{\"name\":\"one\",\"image\":\"busybox:1.36\",\"stdin\":true,\"targetContainerName\":\"web\"}");
        sim.seconds(3);
        debug("{\"name\":\"two\",\"image\":\"busybox:1.36\"}");
        sim.seconds(3);
        Pod now = sim.client.pods().get("web");
        assertThat(now.spec().ephemeralContainers())
                .extracting(EphemeralContainer::name)
                .containsExactlyInAnyOrder("one", "two");
        assertThat(now.status().ephemeralContainerStatuses())
                .extracting(ContainerStatus::name, status -> status.state().running() != null)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("one", true),
                        org.assertj.core.groups.Tuple.tuple("two", true));
        assertThat(now.status().containerStatuses())
                .singleElement()
                .satisfies(status -> assertThat(status.restartCount()).isZero());
        assertThat(now.status().phase()).isEqualTo("Running");
    }

    @Test
    void whoeverLetsOneInOwnsItThroughThatDoor() {
        debug("{\"name\":\"one\",\"image\":\"busybox:1.36\"}");
        Patch applied = Patch.apply("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"web\"},"
                + "\"spec\":{\"ephemeralContainers\":[{\"name\":\"two\",\"image\":\"busybox:1.36\"}]}}");
        sim.client.transport().patch(target(), applied, Pod.class, WriteOptions.by("applier"));
        Pod now = sim.client.pods().get("web");
        assertThat(now.spec().ephemeralContainers())
                .extracting(EphemeralContainer::name)
                .containsExactlyInAnyOrder("one", "two");
        assertThat(now.metadata().managedFields())
                .filteredOn(entry -> entry.subresource().equals("ephemeralcontainers"))
                .filteredOn(entry -> entry.manager().equals("applier"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.operation()).isEqualTo("Apply");
                    assertThat(String.valueOf(entry.fieldsV1())).contains("two").doesNotContain("one");
                });
        assertThat(now.metadata().managedFields())
                .filteredOn(entry -> entry.operation().equals("Update"))
                .filteredOn(entry -> String.valueOf(entry.fieldsV1()).contains("f:ephemeralContainers"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.subresource()).isEqualTo("ephemeralcontainers"));
    }

    @Test
    void oneThatHasJoinedIsNotChangedNorTakenAway() {
        debug("{\"name\":\"one\",\"image\":\"busybox:1.36\"}");
        Pod now = sim.client.pods().get("web");
        assertThat(refused(() -> put(now.withSpec(now.spec().withEphemeralContainers(java.util.List.of())))))
                .contains("may not be removed");
        assertThat(refused(() -> debug("{\"name\":\"one\",\"image\":\"busybox:1.28\"}")))
                .contains("may not be changed");
    }

    @Test
    void whatCannotJoinIsRefusedByField() {
        assertThat(refused(() -> debug("{\"name\":\"web\",\"image\":\"busybox:1.36\"}")))
                .contains("spec.ephemeralContainers[0].name");
        assertThat(refused(() -> debug("{\"name\":\"x\"}"))).contains("spec.ephemeralContainers[0].image");
        assertThat(refused(() -> debug("{\"name\":\"x\",\"image\":\"i\",\"targetContainerName\":\"no\"}")))
                .contains("targetContainerName");
        assertThat(refused(() -> debug("{\"name\":\"x\",\"image\":\"i\",\"ports\":[{\"containerPort\":80}]}")))
                .contains("cannot be set for an Ephemeral Container");
    }

    @Test
    void theOrdinaryWayAndTheCreationLetNoneIn() {
        Pod now = sim.client.pods().get("web");
        debug("{\"name\":\"one\",\"image\":\"busybox:1.36\"}");
        EphemeralContainer one =
                sim.client.pods().get("web").spec().ephemeralContainers().get(0);
        Pod born = Pod.named("born").container("main", "any").build();
        assertThat(refused(() ->
                        sim.client.create(born.withSpec(born.spec().withEphemeralContainers(java.util.List.of(one))))))
                .contains("cannot be set on create");
        assertThat(refused(() -> sim.client
                        .pods()
                        .patch(
                                "web",
                                new Patch(
                                        Patch.Type.STRATEGIC,
                                        "{\"spec\":{\"ephemeralContainers\":[{\"name\":\"two\",\"image\":\"i\"}]}}"))))
                .contains("pod updates may not change");
        assertThat(now.metadata().uid()).isEqualTo(pod.metadata().uid());
    }

    private String refused(Runnable call) {
        ApiException refused = catchThrowableOfType(ApiException.class, call::run);
        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        return refused.getMessage();
    }

    private void put(Pod wanted) {
        sim.client.transport().update(target(), wanted, WriteOptions.defaults());
    }

    private void debug(String container) {
        sim.client
                .transport()
                .patch(
                        target(),
                        new Patch(Patch.Type.STRATEGIC, "{\"spec\":{\"ephemeralContainers\":[" + container + "]}}"),
                        Pod.class,
                        WriteOptions.defaults());
    }

    private static Target<Pod> target() {
        return new Target<>(Pod.TYPE, "default", "web", "ephemeralcontainers");
    }
}
