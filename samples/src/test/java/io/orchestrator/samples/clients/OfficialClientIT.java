package io.orchestrator.samples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.extended.pager.Pager;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.VersionApi;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Status;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users of the official Java client do with a cluster. */
@Timeout(300)
class OfficialClientIT {
    /**
     * What this client puts in the place of an exit code, even of one that has arrived, when anything of the connection fails
     * afterwards, such as writing its own closing frame (kubernetes-client/java#1346, #1891). Seen once.
     */
    private static final int LOST_WHILE_CLOSING = -1_975_219;

    private static ClientCluster cluster;
    private static ApiClient client;
    private static CoreV1Api core;

    private String namespace;

    @BeforeAll
    static void open() throws IOException {
        cluster = new ClientCluster("official");
        client = connect(cluster.kubeconfig());
        core = new CoreV1Api(client);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @BeforeEach
    void nameSpace() {
        namespace = cluster.newNamespace();
    }

    private static ApiClient connect(String kubeconfig) throws IOException {
        ApiClient client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(kubeconfig)))
                .build();
        // Watches are silent for as long as nothing happens.
        return client.setReadTimeout(0);
    }

    @Test
    void anObjectIsMadeReadChangedAndDeleted() throws ApiException {
        assertThat(new VersionApi(client).getCode().execute().getMinor()).isEqualTo("32");
        V1ConfigMap made =
                core.createNamespacedConfigMap(namespace, settings("a")).execute();
        assertThatThrownBy(() ->
                        core.createNamespacedConfigMap(namespace, settings("a")).execute())
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(409);
                    assertThat(e.getResponseBody()).contains("\"reason\":\"AlreadyExists\"");
                });
        V1ConfigMap changed = core.replaceNamespacedConfigMap("settings", namespace, made.putDataItem("color", "b"))
                .execute();
        assertThat(changed.getData()).containsEntry("color", "b");
        assertThatThrownBy(() -> core.replaceNamespacedConfigMap("settings", namespace, made)
                        .execute())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(409));
        assertThat(core.createNamespacedConfigMap(namespace, settings("a").metadata(named("tried")))
                        .dryRun("All")
                        .fieldValidation("Strict")
                        .pretty("true")
                        .execute()
                        .getMetadata()
                        .getUid())
                .isNotEmpty();
        V1Status deleted = core.deleteNamespacedConfigMap("settings", namespace)
                .propagationPolicy("Background")
                .execute();
        assertThat(deleted.getStatus()).isEqualTo("Success");
        assertThatThrownBy(() ->
                        core.readNamespacedConfigMap("settings", namespace).execute())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }

    @Test
    void everyKindOfPatchDoesWhatItSays() throws ApiException {
        AppsV1Api apps = new AppsV1Api(client);
        apps.createNamespacedDeployment(namespace, deployment()).execute();
        V1Deployment two = patch(
                V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"busybox:1.36\"}]}}}}");
        assertThat(two.getSpec().getTemplate().getSpec().getContainers()).hasSize(2);
        V1Deployment merged =
                patch(V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, "{\"metadata\":{\"labels\":{\"tier\":\"front\"}}}");
        assertThat(merged.getMetadata().getLabels()).containsEntry("tier", "front");
        V1Deployment moved = patch(
                V1Patch.PATCH_FORMAT_JSON_PATCH, "[{\"op\":\"add\",\"path\":\"/spec/minReadySeconds\",\"value\":7}]");
        assertThat(moved.getSpec().getMinReadySeconds()).isEqualTo(7);
        V1Deployment applied = patch(
                V1Patch.PATCH_FORMAT_APPLY_YAML,
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\"},"
                        + "\"spec\":{\"paused\":true}}");
        assertThat(applied.getSpec().getPaused()).isTrue();
        // The client itself drops managedFields when it reads.
        assertThat(cluster.observer()
                        .deployments()
                        .inNamespace(namespace)
                        .get("web")
                        .metadata()
                        .managedFields())
                .anySatisfy(entry -> {
                    assertThat(entry.manager()).isEqualTo("official");
                    assertThat(entry.operation()).isEqualTo("Apply");
                });
    }

    private V1Deployment patch(String format, String body) throws ApiException {
        return PatchUtils.patch(
                V1Deployment.class,
                () -> new AppsV1Api(client)
                        .patchNamespacedDeployment("web", namespace, new V1Patch(body))
                        .fieldManager("official")
                        .buildCall(null),
                format,
                client);
    }

    @Test
    void pagesAreReadOneAfterTheOther() throws ApiException {
        for (int i = 0; i < 5; i++) {
            core.createNamespacedConfigMap(namespace, settings("a").metadata(named("page-" + i)))
                    .execute();
        }
        Pager<V1ConfigMap, V1ConfigMapList> pager = new Pager<>(this::page, client, 2, V1ConfigMapList.class);
        List<String> names = new ArrayList<>();
        pager.forEach(map -> names.add(map.getMetadata().getName()));
        assertThat(names)
                .contains("page-0", "page-1", "page-2", "page-3", "page-4")
                .doesNotHaveDuplicates();
    }

    private Call page(Pager.PagerParams params) {
        try {
            return core.listNamespacedConfigMap(namespace)
                    ._continue(params.getContinueToken())
                    .limit(params.getLimit())
                    .buildCall(null);
        } catch (ApiException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void objectsOfAnyKindAreHandledWithoutTheirClass() {
        DynamicKubernetesApi maps = new DynamicKubernetesApi("", "v1", "configmaps", client);
        DynamicKubernetesObject map = new DynamicKubernetesObject();
        map.setApiVersion("v1");
        map.setKind("ConfigMap");
        map.setMetadata(named("dynamic").namespace(namespace));
        assertThat(maps.create(map).getObject().getMetadata().getUid()).isNotEmpty();
        assertThat(maps.get(namespace, "dynamic").getObject().getKind()).isEqualTo("ConfigMap");
        assertThat(maps.list(namespace).getObject().getItems())
                .extracting(each -> each.getMetadata().getName())
                .contains("dynamic");
        assertThat(maps.delete(namespace, "dynamic").isSuccess()).isTrue();
        assertThat(maps.get(namespace, "dynamic").getHttpStatusCode()).isEqualTo(404);
    }

    @Test
    void anInformerKnowsAgainWhatIsThereAfterTheConnectionBroke() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        core.createNamespacedConfigMap(namespace, settings("a").metadata(named("before")))
                .execute();
        try (Wire wire = cluster.wire()) {
            ApiClient wired = connect(cluster.kubeconfig(wire));
            SharedInformerFactory factory = new SharedInformerFactory(wired);
            SharedIndexInformer<V1ConfigMap> informer = factory.sharedIndexInformerFor(
                    params -> new CoreV1Api(wired)
                            .listNamespacedConfigMap(namespace)
                            .resourceVersion(params.resourceVersion)
                            .timeoutSeconds(params.timeoutSeconds)
                            .watch(params.watch)
                            .buildCall(null),
                    V1ConfigMap.class,
                    V1ConfigMapList.class);
            informer.addEventHandler(handler(seen));
            factory.startAllRegisteredInformers();
            try {
                await().atMost(ClientCluster.PATIENCE)
                        .untilAsserted(() -> assertThat(seen).contains("add before"));
                wire.cut();
                core.createNamespacedConfigMap(namespace, settings("a").metadata(named("during")))
                        .execute();
                core.deleteNamespacedConfigMap("before", namespace).execute();
                wire.mend();
                await().atMost(ClientCluster.PATIENCE)
                        .untilAsserted(() -> assertThat(seen).contains("add during", "delete before"));
                assertThat(seen).doesNotHaveDuplicates();
            } finally {
                factory.stopAllRegisteredInformers();
            }
        }
    }

    @Test
    void oneLeadsUntilItLetsGo() throws Exception {
        List<String> led = new CopyOnWriteArrayList<>();
        LeaseLock lock = new LeaseLock(namespace, "lock", "me", client);
        LeaderElectionConfig config =
                new LeaderElectionConfig(lock, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMillis(500));
        LeaderElector elector = new LeaderElector(config);
        Thread candidate = new Thread(() -> elector.run(() -> led.add("leads"), () -> led.add("stops")), "candidate");
        candidate.start();
        await().atMost(ClientCluster.PATIENCE)
                .untilAsserted(() -> assertThat(led).containsExactly("leads"));
        assertThat(lock.get().getHolderIdentity()).isEqualTo("me");
        elector.close();
        candidate.interrupt();
        candidate.join(ClientCluster.PATIENCE.toMillis());
        assertThat(candidate.isAlive()).isFalse();
    }

    @Test
    void aPodIsEnteredAndFollowed() throws Exception {
        core.createNamespacedPod(
                        namespace,
                        new V1Pod().metadata(named("talker")).spec(spec("sh", "-c", "echo hello; exec sleep 1000")))
                .execute();
        await().atMost(ClientCluster.PATIENCE)
                .untilAsserted(() -> assertThat(core.readNamespacedPod("talker", namespace)
                                .execute()
                                .getStatus()
                                .getPhase())
                        .isEqualTo("Running"));
        try (BufferedReader log = new BufferedReader(new InputStreamReader(
                new PodLogs(client).streamNamespacedPodLog(namespace, "talker", "main"), StandardCharsets.UTF_8))) {
            assertThat(log.readLine()).isEqualTo("hello");
        }
        int code = enter();
        for (int again = 0; again < 2 && code == LOST_WHILE_CLOSING; again++) {
            code = enter();
        }
        assertThat(code).isEqualTo(3);
    }

    /** Its exit code, once what it says has been read. */
    private int enter() throws Exception {
        Process process = new Exec(client)
                .exec(namespace, "talker", new String[] {"sh", "-c", "read word; echo got $word; exit 3"}, true, false);
        try (OutputStream in = process.getOutputStream();
                InputStream out = process.getInputStream()) {
            in.write("this\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
            assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("got this\n");
            assertThat(process.waitFor(ClientCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        int code = process.exitValue();
        process.destroy();
        return code;
    }

    private static ResourceEventHandler<V1ConfigMap> handler(List<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(V1ConfigMap map) {
                seen.add("add " + map.getMetadata().getName());
            }

            @Override
            public void onUpdate(V1ConfigMap before, V1ConfigMap after) {
                // What stands unchanged after a fresh list is no news.
            }

            @Override
            public void onDelete(V1ConfigMap map, boolean unknown) {
                seen.add("delete " + map.getMetadata().getName());
            }
        };
    }

    private static V1ObjectMeta named(String name) {
        return new V1ObjectMeta().name(name);
    }

    private static V1ConfigMap settings(String color) {
        return new V1ConfigMap().metadata(named("settings")).putDataItem("color", color);
    }

    private static V1PodSpec spec(String... command) {
        return new V1PodSpec()
                .terminationGracePeriodSeconds(1L)
                .addContainersItem(
                        new V1Container().name("main").image("busybox:1.36").command(List.of(command)));
    }

    private static V1Deployment deployment() {
        Map<String, String> labels = Map.of("app", "web");
        return new V1Deployment()
                .metadata(named("web"))
                .spec(new V1DeploymentSpec()
                        .replicas(0)
                        .selector(new V1LabelSelector().matchLabels(labels))
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta().labels(labels))
                                .spec(spec(ClientCluster.SLEEP))));
    }
}
