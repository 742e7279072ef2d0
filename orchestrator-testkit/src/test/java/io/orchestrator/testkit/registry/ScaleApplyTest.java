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
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.autoscaling.Scale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who owns the replicas of an object that is scaled: the account of the object and of its scale are one. */
class ScaleApplyTest {
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

    private static Deployment webWithoutReplicas() {
        Deployment web = web(1);
        return web.withSpec(web.spec().withReplicas(null));
    }

    private Scale patch(Patch patch, WriteOptions options) {
        return client.transport()
                .patch(
                        Target.object(Deployment.TYPE, "default", "web").subresource("scale"),
                        patch,
                        Scale.class,
                        options);
    }

    private Scale apply(int replicas, WriteOptions options) {
        return patch(
                Patch.apply("{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"metadata\":{\"name\":\"web\"},"
                        + "\"spec\":{\"replicas\":" + replicas + "}}"),
                options);
    }

    private Deployment deployment() {
        return client.deployments().get("web");
    }

    private ManagedFieldsEntry entry(String manager) {
        return deployment().metadata().managedFields().stream()
                .filter(entry -> entry.manager().equals(manager))
                .findFirst()
                .orElseThrow();
    }

    private static String fields(ManagedFieldsEntry entry) {
        return String.valueOf(entry.fieldsV1());
    }

    @Test
    void whoAppliesAScaleOwnsTheReplicasOfTheObject() {
        client.as("ci").apply(webWithoutReplicas());
        Scale scaled = apply(4, WriteOptions.by("scaler"));
        assertThat(scaled.spec().replicas()).isEqualTo(4);
        assertThat(scaled.metadata().managedFields()).isEmpty();
        assertThat(deployment().spec().replicas()).isEqualTo(4);
        assertThat(deployment().metadata().generation()).isEqualTo(2);
        ManagedFieldsEntry scaler = entry("scaler");
        assertThat(scaler.subresource()).isEqualTo("scale");
        assertThat(scaler.operation()).isEqualTo("Apply");
        assertThat(scaler.apiVersion()).isEqualTo("apps/v1");
        assertThat(fields(scaler)).contains("{\"f:spec\":{\"f:replicas\":{}}}");
        String version = deployment().metadata().resourceVersion();
        apply(4, WriteOptions.by("scaler"));
        assertThat(deployment().metadata().resourceVersion()).isEqualTo(version);
    }

    @Test
    void replicasThatAnotherManagerAppliedAreAConflictUnlessForced() {
        client.as("ci").apply(web(2));
        assertThatThrownBy(() -> apply(3, WriteOptions.by("scaler"))).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
            assertThat(e.causes()).extracting(cause -> cause.field()).containsExactly(".spec.replicas");
            assertThat(e.causes().get(0).message()).contains("ci");
        });
        assertThat(deployment().spec().replicas()).isEqualTo(2);
        apply(3, WriteOptions.by("scaler").forced());
        assertThat(deployment().spec().replicas()).isEqualTo(3);
        assertThat(fields(entry("ci"))).contains("f:template").doesNotContain("f:replicas");
        assertThatThrownBy(() -> client.as("ci").apply(web(2))).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
            assertThat(e.causes().get(0).message()).contains("\"scaler\" with subresource \"scale\"");
        });
    }

    @Test
    void whoAppliesTheSameNumberSharesIt() {
        client.as("ci").apply(web(2));
        apply(2, WriteOptions.by("scaler"));
        assertThat(fields(entry("ci"))).contains("f:replicas");
        assertThat(fields(entry("scaler"))).contains("f:replicas");
    }

    @Test
    void whoUpdatesAScaleTakesTheReplicasOver() {
        client.as("ci").apply(web(2));
        patch(Patch.merge("{\"spec\":{\"replicas\":5}}"), WriteOptions.by("kubectl"));
        assertThat(deployment().spec().replicas()).isEqualTo(5);
        assertThat(entry("kubectl").subresource()).isEqualTo("scale");
        assertThat(entry("kubectl").operation()).isEqualTo("Update");
        assertThat(fields(entry("kubectl"))).contains("{\"f:spec\":{\"f:replicas\":{}}}");
        assertThat(fields(entry("ci"))).doesNotContain("f:replicas");
    }

    @Test
    void aBodyOfAnotherKindIsRefused() {
        client.as("ci").apply(web(2));
        assertThatThrownBy(() -> patch(
                        Patch.apply(
                                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\"}}"),
                        WriteOptions.by("scaler")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST));
    }
}
