package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.testkit.junit.Conformance;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes, the API as a service of its own, and what pods are given to reach it. */
@Timeout(240)
class ClusterConformanceTest {
    private static final String CORE = "/api/v1/namespaces/default/";
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    /** What the containers were made of, by their pods' names. */
    private static final Map<String, ContainerSpec> MADE = new ConcurrentHashMap<>();

    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster(
                "cluster",
                builder -> builder.runtime(environment -> new SimulatedRuntime(environment)
                        .withAllImages()
                        .program(container -> {
                            MADE.put(container.pod().name(), container);
                            return Optional.empty();
                        })));
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    @Conformance("[sig-architecture] Conformance Tests should have at least two untainted nodes")
    void twoNodesTakeAnyPod() {
        int untainted = 0;
        for (JsonNode node : cluster.get("/api/v1/nodes").mustBe(200).json().path("items")) {
            untainted += node.at("/spec/taints").isEmpty() ? 1 : 0;
        }
        assertThat(untainted).isGreaterThanOrEqualTo(2);
    }

    @Test
    @Conformance("[sig-node] Node Lifecycle should run through the lifecycle of a node")
    void nodesAreMadeChangedAndDeleted() {
        ApiOperations.ofClusterWide(cluster, "", "v1", "nodes")
                .withStatus(
                        "{phase: Pending, addresses: [{type: InternalIP, address: 192.0.2.1}]}",
                        "{phase: Running, capacity: {cpu: '1'}}")
                .allWork("""
                        apiVersion: v1
                        kind: Node
                        metadata: {name: %s}
                        spec: {unschedulable: true}
                        """);
    }

    @Test
    @Conformance({
        "[sig-network] Services should provide secure master service",
        "[sig-network] EndpointSlice should have Endpoints and EndpointSlices pointing to API Server"
    })
    void theApiIsAServiceWithEndpointsAndASlice() {
        JsonNode service = cluster.get(CORE + "services/kubernetes").mustBe(200).json();
        assertThat(service.at("/spec/ports/0/name").asText()).isEqualTo("https");
        assertThat(service.at("/spec/ports/0/port").asInt()).isEqualTo(443);
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> !cluster.get(CORE + "endpoints/kubernetes")
                        .json()
                        .at("/subsets/0")
                        .isEmpty());
        JsonNode endpoints =
                cluster.get(CORE + "endpoints/kubernetes").mustBe(200).json();
        int port = URI.create(cluster.kubeconfig().server()).getPort();
        assertThat(endpoints.at("/subsets/0/ports/0/port").asInt()).isEqualTo(port);
        JsonNode slices = cluster.get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices"
                        + "?labelSelector=kubernetes.io%2Fservice-name%3Dkubernetes")
                .mustBe(200)
                .json()
                .path("items");
        assertThat(slices).hasSize(1);
        assertThat(slices.at("/0/ports/0/port").asInt()).isEqualTo(port);
        assertThat(slices.at("/0/endpoints/0/addresses/0")).isEqualTo(endpoints.at("/subsets/0/addresses/0/ip"));
    }

    @Test
    @Conformance("[sig-storage] CSIInlineVolumes should support CSIVolumeSource in Pod API")
    void aVolumeOfADriverIsAPartOfAPod() {
        cluster.create(
                "/apis/storage.k8s.io/v1/csidrivers",
                "{apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: inline-driver}, spec:"
                        + " {volumeLifecycleModes: [Ephemeral], attachRequired: false}}");
        JsonNode made = cluster.create(CORE + "pods", """
                apiVersion: v1
                kind: Pod
                metadata: {name: inline, labels: {inline: 'yes'}}
                spec:
                  containers: [{name: c, image: app, volumeMounts: [{name: inline, mountPath: /mnt}]}]
                  volumes: [{name: inline, csi: {driver: inline-driver, volumeAttributes: {attribute: value}}}]
                """);
        JsonNode source = made.at("/spec/volumes/0/csi");
        assertThat(source.path("driver").asText()).isEqualTo("inline-driver");
        assertThat(source.at("/volumeAttributes/attribute").asText()).isEqualTo("value");
        JsonNode patched = cluster.patch(
                        CORE + "pods/inline", HttpCluster.STRATEGIC, "{metadata: {labels: {patched: 'yes'}}}")
                .mustBe(200)
                .json();
        assertThat(patched.at("/metadata/labels/patched").asText()).isEqualTo("yes");
        assertThat(patched.at("/spec/volumes/0/csi")).isEqualTo(source);
        assertThat(cluster.get("/api/v1/pods?labelSelector=inline%3Dyes").json().path("items"))
                .hasSize(1);
        cluster.delete(CORE + "pods?labelSelector=inline%3Dyes&gracePeriodSeconds=0")
                .mustBe(200);
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> cluster.get(CORE + "pods/inline").code() == 404);
    }

    @Test
    @Conformance("[sig-auth] ServiceAccounts should mount an API token into pods")
    void aPodFindsWhatItNeedsToAskTheApi() throws IOException {
        cluster.create(
                CORE + "serviceaccounts", "{apiVersion: v1, kind: ServiceAccount, metadata: {name: mount-test}}");
        cluster.create(
                CORE + "pods",
                "{apiVersion: v1, kind: Pod, metadata: {name: with-token}, spec: {serviceAccountName: mount-test,"
                        + " containers: [{name: c, image: app}]}}");
        assertThat(file("with-token", ACCOUNT + "/namespace")).isEqualTo("default");
        Kubeconfig kubeconfig = cluster.kubeconfig();
        assertThat(file("with-token", ACCOUNT + "/ca.crt").trim())
                .isEqualTo(kubeconfig.authorityPem().trim());
        JsonNode review = reviewed(file("with-token", ACCOUNT + "/token"));
        assertThat(review.at("/status/authenticated").asBoolean()).isTrue();
        assertThat(review.at("/status/error").asText()).isEmpty();
        assertThat(review.at("/status/user/username").asText()).isEqualTo("system:serviceaccount:default:mount-test");
        assertThat(review.at("/status/user/groups").toString())
                .contains("system:authenticated", "system:serviceaccounts", "system:serviceaccounts:default");
    }

    @Test
    @Conformance("[sig-auth] ServiceAccounts should mount projected service account token")
    void aPodFindsATokenWhereItAskedForOne() throws IOException {
        cluster.create(CORE + "pods", """
                apiVersion: v1
                kind: Pod
                metadata: {name: projected-token}
                spec:
                  containers:
                  - {name: c, image: app, volumeMounts: [{name: token, mountPath: /test-volume}]}
                  volumes:
                  - name: token
                    projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 3600}}]}
                """);
        String token = file("projected-token", "/test-volume/token");
        assertThat(token).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
        JsonNode review = reviewed(token);
        assertThat(review.at("/status/authenticated").asBoolean()).isTrue();
        assertThat(review.at("/status/user/extra/authentication.kubernetes.io~1pod-name/0")
                        .asText())
                .isEqualTo("projected-token");
    }

    private static ObjectNode reviewed(String token) {
        return cluster.create(
                "/apis/authentication.k8s.io/v1/tokenreviews",
                "{apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: {token: '" + token + "'}}");
    }

    /** What the pod's container reads there, once it runs. */
    private static String file(String pod, String path) throws IOException {
        ContainerSpec container = await().atMost(HttpCluster.PATIENCE).until(() -> MADE.get(pod), made -> made != null);
        ContainerSpec.Mount mount = container.mounts().stream()
                .filter(each -> path.startsWith(each.containerPath() + "/"))
                .findFirst()
                .orElseThrow();
        return Files.readString(Path.of(mount.hostPath())
                .resolve(path.substring(mount.containerPath().length() + 1)));
    }
}
