package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.ManagedFieldsEntry;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Pod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Server-side apply through the registry. */
class ApplyTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final Client client = cluster.client;

    @AfterEach
    void close() {
        cluster.close();
    }

    private static Deployment web(int replicas) {
        return Deployment.named("web")
                .replicas(replicas)
                .container("web", "nginx:1.27")
                .build();
    }

    @Test
    void applyCreatesChangesAndThenLeavesAlone() {
        Deployment created = client.as("ci").apply(web(2));
        assertThat(created.spec().replicas()).isEqualTo(2);
        assertThat(created.spec().revisionHistoryLimit()).isEqualTo(10);
        Deployment changed = client.as("ci").apply(web(3));
        assertThat(changed.spec().replicas()).isEqualTo(3);
        assertThat(changed.metadata().generation()).isEqualTo(2);
        assertThat(client.as("ci").apply(web(3))).isSameAs(changed);
    }

    /** Of a thousand pods that users create, the account would otherwise take more of the heap than all else. */
    @Test
    void objectsOfOneTemplateShareTheTextOfTheirAccount() {
        List<RawJson> accounts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Pod pod = Pod.named("pod-" + i)
                    .label("app", "web")
                    .container(
                            "web", "nginx:1.27", c -> c.port(80).memory("64Mi").env("A", "b"))
                    .container("proxy", "envoy:1.30")
                    .build();
            accounts.add(client.as("kubectl-create")
                    .create(pod)
                    .metadata()
                    .managedFields()
                    .get(0)
                    .fieldsV1());
        }
        assertThat(accounts.get(1)).isSameAs(accounts.get(0));
        assertThat(accounts.get(2)).isSameAs(accounts.get(0));
    }

    @Test
    void everyUserWriteIsNotedUnderItsManager() {
        client.as("kubectl-create").create(web(1));
        client.as("kubectl-label").deployments().patch("web", Patch.merge("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"));
        assertThat(client.deployments().get("web").metadata().managedFields())
                .extracting(ManagedFieldsEntry::manager)
                .containsExactlyInAnyOrder("kubectl-create", "kubectl-label");
    }

    @Test
    void whatAnotherManagerSetIsAConflictUnlessForced() {
        client.as("ci").apply(web(2));
        assertThatThrownBy(() -> client.as("people").apply(web(5))).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
            assertThat(e.causes()).extracting(cause -> cause.reason()).containsOnly("FieldManagerConflict");
        });
        assertThat(client.deployments().get("web").spec().replicas()).isEqualTo(2);
        Deployment forced = client.transport()
                .apply(
                        Target.object(Deployment.TYPE, "default", "web"),
                        web(5),
                        WriteOptions.by("people").forced());
        assertThat(forced.spec().replicas()).isEqualTo(5);
    }
}
