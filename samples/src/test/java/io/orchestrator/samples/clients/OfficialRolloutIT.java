package io.orchestrator.samples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.extended.kubectl.Kubectl;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.PolicyV1Api;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1DeploymentStatus;
import io.kubernetes.client.openapi.models.V1Eviction;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudgetSpec;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Roll-outs and evictions with the official Java client. */
@Timeout(300)
class OfficialRolloutIT {
    private static final Map<String, String> LABELS = Map.of("app", "web");
    private static final String IMAGE = "busybox:1.36";

    private static ClientCluster cluster;
    private static ApiClient client;
    private static AppsV1Api apps;
    private static CoreV1Api core;

    private String namespace;

    @BeforeAll
    static void open() throws IOException {
        cluster = new ClientCluster("official-rollouts");
        client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(cluster.kubeconfig())))
                .build();
        apps = new AppsV1Api(client);
        core = new CoreV1Api(client);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @BeforeEach
    void deploy() throws ApiException {
        namespace = cluster.newNamespace();
        apps.createNamespacedDeployment(
                        namespace,
                        new V1Deployment()
                                .metadata(new V1ObjectMeta().name("web"))
                                .spec(new V1DeploymentSpec()
                                        .replicas(2)
                                        .selector(new V1LabelSelector().matchLabels(LABELS))
                                        .template(new V1PodTemplateSpec()
                                                .metadata(new V1ObjectMeta().labels(LABELS))
                                                .spec(spec()))))
                .execute();
        await().atMost(ClientCluster.PATIENCE).until(this::isRolledOut);
    }

    private static V1PodSpec spec() {
        return new V1PodSpec()
                .terminationGracePeriodSeconds(1L)
                .addContainersItem(new V1Container().name("main").image(IMAGE).command(List.of(ClientCluster.SLEEP)));
    }

    private V1Deployment web() throws ApiException {
        return apps.readNamespacedDeployment("web", namespace).execute();
    }

    /** As {@code kubectl rollout status} judges it. */
    private boolean isRolledOut() throws ApiException {
        V1Deployment web = web();
        V1DeploymentStatus status = web.getStatus();
        return status != null
                && Objects.equals(
                        status.getObservedGeneration(), web.getMetadata().getGeneration())
                && Objects.equals(status.getUpdatedReplicas(), web.getSpec().getReplicas())
                && Objects.equals(status.getReplicas(), web.getSpec().getReplicas())
                && Objects.equals(status.getAvailableReplicas(), web.getSpec().getReplicas());
    }

    private V1Deployment withImage(String image) throws ApiException {
        String patch = "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"" + image
                + "\"}]}}}}";
        return PatchUtils.patch(
                V1Deployment.class,
                () -> apps.patchNamespacedDeployment("web", namespace, new V1Patch(patch))
                        .buildCall(null),
                V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
                client);
    }

    private List<V1Pod> pods() throws ApiException {
        return core.listNamespacedPod(namespace)
                .labelSelector("app=web")
                .execute()
                .getItems();
    }

    /** Those of the old template end a moment after the new ones are available. */
    private void awaitPods(String image) {
        await().atMost(ClientCluster.PATIENCE)
                .untilAsserted(() -> assertThat(pods())
                        .extracting(pod -> pod.getSpec().getContainers().get(0).getImage())
                        .containsExactly(image, image));
    }

    @Test
    void aNewTemplateIsRolledOutShownInTheHistoryAndTakenBack() throws Exception {
        assertThat(withImage("busybox:1.37").getMetadata().getGeneration()).isEqualTo(2);
        await().atMost(ClientCluster.PATIENCE).until(this::isRolledOut);
        awaitPods("busybox:1.37");
        assertThat(Kubectl.rollout(V1Deployment.class)
                        .history()
                        .name("web")
                        .namespace(namespace)
                        .apiClient(client)
                        .skipDiscovery()
                        .execute())
                .hasSize(2);

        withImage(IMAGE);
        await().atMost(ClientCluster.PATIENCE).until(this::isRolledOut);
        awaitPods(IMAGE);
    }

    @Test
    void anEvictionWaitsForTheBudgetThatForbidsIt() throws ApiException {
        PolicyV1Api policies = new PolicyV1Api(client);
        policies.createNamespacedPodDisruptionBudget(
                        namespace,
                        new V1PodDisruptionBudget()
                                .metadata(new V1ObjectMeta().name("two"))
                                .spec(new V1PodDisruptionBudgetSpec()
                                        .minAvailable(new IntOrString(2))
                                        .selector(new V1LabelSelector().matchLabels(LABELS))))
                .execute();
        await().atMost(ClientCluster.PATIENCE)
                .until(() -> Objects.equals(
                        policies.readNamespacedPodDisruptionBudget("two", namespace)
                                .execute()
                                .getStatus()
                                .getCurrentHealthy(),
                        2));
        String name = pods().get(0).getMetadata().getName();
        V1Eviction eviction = new V1Eviction().metadata(new V1ObjectMeta().name(name));

        assertThatThrownBy(() -> core.createNamespacedPodEviction(name, namespace, eviction)
                        .execute())
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(429);
                    assertThat(e.getResponseBody()).contains("DisruptionBudget");
                });
        policies.deleteNamespacedPodDisruptionBudget("two", namespace).execute();
        core.createNamespacedPodEviction(name, namespace, eviction).execute();

        await().atMost(ClientCluster.PATIENCE).untilAsserted(() -> {
            assertThat(pods())
                    .extracting(pod -> pod.getMetadata().getName())
                    .doesNotContain(name)
                    .hasSize(2);
        });
    }
}
