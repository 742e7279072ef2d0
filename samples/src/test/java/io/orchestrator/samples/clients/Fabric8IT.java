package io.orchestrator.samples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users of the fabric8 client do with a cluster. */
@Timeout(300)
class Fabric8IT {
    private static ClientCluster cluster;
    private static KubernetesClient client;

    private String namespace;

    @BeforeAll
    static void open() {
        cluster = new ClientCluster("fabric8");
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build();
    }

    @AfterAll
    static void close() {
        client.close();
        cluster.close();
    }

    @BeforeEach
    void nameSpace() {
        namespace = cluster.newNamespace();
    }

    @Test
    void theServerIsKnownByItsVersionAndGroups() {
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("32");
        assertThat(client.hasApiGroup("apps", true)).isTrue();
        assertThat(client.supports(Deployment.class)).isTrue();
        assertThat(client.raw("/readyz")).isEqualTo("ok");
    }

    @Test
    void anObjectIsMadeReadChangedAndDeleted() {
        ConfigMap made = client.resource(settings("a")).create();
        assertThat(made.getMetadata().getUid()).isNotEmpty();
        assertThatThrownBy(() -> client.resource(settings("a")).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(409);
                    assertThat(e.getStatus().getReason()).isEqualTo("AlreadyExists");
                });
        ConfigMap edited = client.configMaps()
                .inNamespace(namespace)
                .withName("settings")
                .edit(map -> new ConfigMapBuilder(map).addToData("color", "b").build());
        assertThat(edited.getData()).containsEntry("color", "b");

        assertThatThrownBy(() -> client.resource(new ConfigMapBuilder(made)
                                .addToData("color", "c")
                                .build())
                        .lockResourceVersion()
                        .update())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
        assertThat(client.resource(settings("d")).createOr(it -> it.update()).getData())
                .containsEntry("color", "d");
        assertThat(client.resource(settings("d")).delete()).hasSize(1);
        assertThat(client.resource(settings("d")).get()).isNull();
    }

    @Test
    void everyKindOfPatchDoesWhatItSays() {
        Deployment web = client.resource(deployment("web", 0)).create();
        var there = client.apps().deployments().inNamespace(namespace).withName("web");
        there.patch(
                PatchContext.of(PatchType.STRATEGIC_MERGE),
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"busybox:1.36\"}]}}}}");
        assertThat(there.get().getSpec().getTemplate().getSpec().getContainers())
                .hasSize(2);
        there.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"tier\":\"front\"}}}");
        there.patch(
                PatchContext.of(PatchType.JSON), "[{\"op\":\"add\",\"path\":\"/spec/minReadySeconds\",\"value\":7}]");
        Deployment after = there.get();
        assertThat(after.getMetadata().getLabels()).containsEntry("tier", "front");
        assertThat(after.getSpec().getMinReadySeconds()).isEqualTo(7);
        assertThat(after.getMetadata().getGeneration())
                .isGreaterThan(web.getMetadata().getGeneration());
        assertThat(client.resource(after).patch().getMetadata().getResourceVersion())
                .isEqualTo(after.getMetadata().getResourceVersion());
    }

    @Test
    void applyingSharesAnObjectWithOthersAndSaysWhoIsInTheWay() {
        ConfigMap applied = client.resource(settings("a")).fieldManager("one").serverSideApply();
        assertThat(applied.getMetadata().getManagedFields())
                .extracting(entry -> entry.getManager() + " " + entry.getOperation())
                .containsExactly("one Apply");
        assertThatThrownBy(
                        () -> client.resource(settings("b")).fieldManager("two").serverSideApply())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(409);
                    assertThat(e.getMessage()).contains("conflict with \"one\"", ".data.color");
                });
        assertThat(client.resource(settings("b"))
                        .fieldManager("two")
                        .forceConflicts()
                        .serverSideApply()
                        .getData())
                .containsEntry("color", "b");
    }

    @Test
    void pagesAreReadOneAfterTheOther() {
        for (int i = 0; i < 5; i++) {
            client.resource(settings("x")
                            .edit()
                            .editMetadata()
                            .withName("page-" + i)
                            .endMetadata()
                            .build())
                    .create();
        }
        Set<String> seen = new HashSet<>();
        String next = null;
        do {
            ConfigMapList page = client.configMaps()
                    .inNamespace(namespace)
                    .list(new ListOptionsBuilder()
                            .withLimit(2L)
                            .withContinue(next)
                            .build());
            assertThat(page.getItems()).hasSizeLessThanOrEqualTo(2);
            page.getItems().forEach(each -> seen.add(each.getMetadata().getName()));
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        assertThat(seen).contains("page-0", "page-1", "page-2", "page-3", "page-4");
    }

    @Test
    void whatIsOnlyTriedIsNotKept() {
        assertThat(client.resource(settings("a"))
                        .dryRun()
                        .create()
                        .getMetadata()
                        .getUid())
                .isNotEmpty();
        assertThat(client.resource(settings("a")).get()).isNull();
        String typo = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"typo\"},\"date\":{}}";
        assertThatThrownBy(() -> client.resource(typo)
                        .inNamespace(namespace)
                        .fieldValidation(io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation.STRICT)
                        .create())
                .hasMessageContaining("unknown field \"date\"");
    }

    @Test
    void objectsOfAnyKindAreHandledWithoutTheirClass() {
        String yaml = Serialization.asYaml(deployment("generic", 0)) + "---\n" + Serialization.asYaml(settings("a"));
        List<HasMetadata> made = client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .serverSideApply();
        assertThat(made).hasSize(2);
        GenericKubernetesResource deployment = client.genericKubernetesResources("apps/v1", "Deployment")
                .inNamespace(namespace)
                .withName("generic")
                .get();
        assertThat(deployment.<Integer>get("spec", "replicas")).isZero();
        assertThat(client.genericKubernetesResources("v1", "ConfigMap")
                        .inNamespace(namespace)
                        .withName("settings")
                        .get()
                        .<String>get("data", "color"))
                .isEqualTo("a");
    }

    @Test
    void aDeploymentIsScaledRestartedAndDeletedWithItsPods() {
        client.resource(deployment("web", 1)).create();
        var web = client.apps().deployments().inNamespace(namespace).withName("web");
        web.waitUntilReady(60, TimeUnit.SECONDS);
        assertThat(web.scale(2).getSpec().getReplicas()).isEqualTo(2);
        assertThat(web.scale().getSpec().getReplicas()).isEqualTo(2);
        await().atMost(ClientCluster.PATIENCE)
                .untilAsserted(() ->
                        assertThat(web.get().getStatus().getReadyReplicas()).isEqualTo(2));
        Deployment restarted = despiteConflicts(() -> web.rolling().restart());
        assertThat(restarted.getSpec().getTemplate().getMetadata().getAnnotations())
                .containsKey("kubectl.kubernetes.io/restartedAt");
        Deployment updated = despiteConflicts(() -> web.rolling().updateImage("busybox:1.37"));
        assertThat(updated.getSpec().getTemplate().getSpec().getContainers())
                .extracting(io.fabric8.kubernetes.api.model.Container::getImage)
                .containsExactly("busybox:1.37");
        web.withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
        await().atMost(ClientCluster.PATIENCE).untilAsserted(() -> {
            assertThat(web.get()).isNull();
            assertThat(client.pods().inNamespace(namespace).list().getItems()).isEmpty();
        });
    }

    @Test
    void aPodIsWaitedForReadEnteredAndFollowed() throws Exception {
        client.resource(pod("talker", "sh", "-c", "echo hello; sleep 1; echo again; exec sleep 1000"))
                .create();
        var there = client.pods().inNamespace(namespace).withName("talker");
        there.waitUntilReady(60, TimeUnit.SECONDS);
        ByteArrayOutputStream followed = new ByteArrayOutputStream();
        try (LogWatch log = there.watchLog(followed)) {
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(followed.toString(StandardCharsets.UTF_8))
                            .isEqualTo("hello\nagain\n"));
        }
        assertThat(there.tailingLines(1).getLog()).isEqualTo("again\n");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec = there.redirectingInput()
                .writingOutput(out)
                .writingError(err)
                .exec("sh", "-c", "read word; echo got $word; echo bad >&2; exit 3")) {
            exec.getInput().write("this\n".getBytes(StandardCharsets.UTF_8));
            exec.getInput().flush();
            assertThat(exec.exitCode().get(60, TimeUnit.SECONDS)).isEqualTo(3);
            // What it says and how it ends are heard of by different threads.
            await().atMost(ClientCluster.PATIENCE).untilAsserted(() -> {
                assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("got this\n");
                assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("bad\n");
            });
        }
        assertThat(there.evict()).isTrue();
        there.waitUntilCondition(gone -> gone == null, 60, TimeUnit.SECONDS);
    }

    /** The controller writes too: a change made from a version that is no longer there is made again. */
    private static Deployment despiteConflicts(Callable<Deployment> change) {
        return await().atMost(ClientCluster.PATIENCE)
                .ignoreExceptionsMatching(
                        e -> e instanceof KubernetesClientException refused && refused.getCode() == 409)
                .until(change, Objects::nonNull);
    }

    private ConfigMap settings(String color) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("settings")
                .endMetadata()
                .addToData("color", color)
                .build();
    }

    private Pod pod(String name, String... command) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .withCommand(command)
                .endContainer()
                .endSpec()
                .build();
    }

    private Deployment deployment(String name, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withSpec(pod(name, ClientCluster.SLEEP).getSpec())
                .endTemplate()
                .endSpec()
                .build();
    }
}
