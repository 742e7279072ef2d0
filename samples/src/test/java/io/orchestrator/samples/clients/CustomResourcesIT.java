package io.orchestrator.samples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesListObject;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.kubernetes.client.util.generic.options.ListOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kind that a client defines itself, handled by both Java clients without a class for it. */
@Timeout(300)
class CustomResourcesIT {
    private static final String GROUP = "toys.example.com";
    private static final String VERSION = "v1";
    private static final String PLURAL = "gadgets";

    private static ClientCluster cluster;
    private static KubernetesClient fabric8;
    private static ApiClient official;

    private String namespace;

    @BeforeAll
    static void open() throws IOException {
        cluster = new ClientCluster("custom");
        fabric8 = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build();
        official = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(cluster.kubeconfig())))
                .build()
                .setReadTimeout(0);
        try (InputStream definition = CustomResourcesIT.class.getResourceAsStream("/clients/gadgets.yaml")) {
            // An apply, since the client sends a request again when its answer is late.
            var defined = fabric8.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(definition)
                    .serverSideApply();
            fabric8.resource(defined)
                    .waitUntilCondition(
                            found -> found.getStatus() != null
                                    && found.getStatus().getConditions().stream()
                                            .anyMatch(condition -> condition
                                                            .getType()
                                                            .equals("Established")
                                                    && condition.getStatus().equals("True")),
                            30,
                            TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void close() {
        fabric8.close();
        cluster.close();
    }

    @BeforeEach
    void nameSpace() {
        namespace = cluster.newNamespace();
    }

    @Test
    void fabric8HandlesItInBothVersionsWithStatusAndScale() {
        var gadgets = fabric8.genericKubernetesResources(GROUP + "/" + VERSION, "Gadget")
                .inNamespace(namespace);
        GenericKubernetesResource made = gadgets.resource(gadget("one", 2)).create();
        assertThat(made.<String>get("spec", "color")).isEqualTo("red");
        assertThat(made.getMetadata().getGeneration()).isEqualTo(1);

        gadgets.withName("one")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"size\":3},\"status\":{\"made\":9}}");
        gadgets.withName("one")
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"size\":7},\"status\":{\"made\":2}}");
        GenericKubernetesResource changed = gadgets.withName("one").get();
        assertThat(changed.<Integer>get("spec", "size")).isEqualTo(3);
        assertThat(changed.<Integer>get("status", "made")).isEqualTo(2);
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);

        assertThat(gadgets.withName("one").scale().getStatus().getReplicas()).isEqualTo(2);
        gadgets.withName("one").scale(5);
        assertThat(fabric8.genericKubernetesResources(GROUP + "/v1beta1", "Gadget")
                        .inNamespace(namespace)
                        .withName("one")
                        .get()
                        .<Integer>get("spec", "size"))
                .isEqualTo(5);
        assertThatThrownBy(() -> gadgets.withName("one")
                        .patch(
                                PatchContext.of(PatchType.JSON),
                                "[{\"op\":\"replace\",\"path\":\"/spec/size\",\"value\":0}]"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.size in body should be greater than or equal to 1");
    }

    @Test
    void fabric8AppliesItWatchesItAndFindsItByLabel() throws Exception {
        var gadgets = fabric8.genericKubernetesResources(GROUP + "/" + VERSION, "Gadget")
                .inNamespace(namespace);
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var informer = gadgets.inform(new io.fabric8.kubernetes.client.informers.ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource gadget) {
                seen.add("add " + gadget.getMetadata().getName());
            }

            @Override
            public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
                seen.add("size " + after.<Integer>get("spec", "size"));
            }

            @Override
            public void onDelete(GenericKubernetesResource gadget, boolean unknown) {
                seen.add("delete " + gadget.getMetadata().getName());
            }
        })) {
            gadgets.resource(gadget("one", 2)).serverSideApply();
            gadgets.resource(gadget("one", 4)).serverSideApply();
            assertThat(gadgets.withLabel("kind", "toy").list().getItems()).hasSize(1);
            assertThat(gadgets.resource(gadget("one", 4)).createOr(NonDeletingOperation::update))
                    .isNotNull();
            gadgets.withName("one").delete();
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(seen).containsExactly("add one", "size 4", "delete one"));
            assertThat(informer.isRunning()).isTrue();
        }
    }

    @Test
    void theOfficialClientHandlesItAsAMap() throws ApiException {
        CustomObjectsApi objects = new CustomObjectsApi(official);
        Map<String, Object> gadget = Map.of(
                "apiVersion",
                GROUP + "/" + VERSION,
                "kind",
                "Gadget",
                "metadata",
                Map.of("name", "two"),
                "spec",
                Map.of("size", 2));
        objects.createNamespacedCustomObject(GROUP, VERSION, namespace, PLURAL, gadget)
                .execute();
        patch(objects, "{\"spec\":{\"size\":6}}");
        Map<?, ?> spec =
                (Map<?, ?>) ((Map<?, ?>) objects.getNamespacedCustomObject(GROUP, VERSION, namespace, PLURAL, "two")
                                .execute())
                        .get("spec");
        assertThat(((Number) spec.get("size")).intValue()).isEqualTo(6);
        assertThat(spec.get("color")).isEqualTo("red");
        Map<?, ?> list = (Map<?, ?>) objects.listNamespacedCustomObject(GROUP, VERSION, namespace, PLURAL)
                .limit(1)
                .execute();
        assertThat((List<?>) list.get("items")).hasSize(1);
        objects.deleteNamespacedCustomObject(GROUP, VERSION, namespace, PLURAL, "two")
                .execute();
        assertThatThrownBy(() -> objects.getNamespacedCustomObject(GROUP, VERSION, namespace, PLURAL, "two")
                        .execute())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }

    private void patch(CustomObjectsApi objects, String body) throws ApiException {
        PatchUtils.patch(
                Object.class,
                () -> objects.patchNamespacedCustomObject(GROUP, VERSION, namespace, PLURAL, "two", new V1Patch(body))
                        .buildCall(null),
                V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                official);
    }

    @Test
    void theOfficialClientsDynamicInformerFollowsIt() {
        DynamicKubernetesApi gadgets = new DynamicKubernetesApi(GROUP, VERSION, PLURAL, official);
        SharedInformerFactory factory = new SharedInformerFactory(official);
        SharedIndexInformer<DynamicKubernetesObject> informer =
                factory.sharedIndexInformerFor(gadgets, DynamicKubernetesObject.class, 0, namespace);
        factory.startAllRegisteredInformers();
        try {
            DynamicKubernetesObject made = new DynamicKubernetesObject();
            made.setApiVersion(GROUP + "/" + VERSION);
            made.setKind("Gadget");
            made.setMetadata(new io.kubernetes.client.openapi.models.V1ObjectMeta()
                    .name("three")
                    .namespace(namespace));
            made.getRaw().add("spec", new JsonObject());
            assertThat(gadgets.create(made).isSuccess()).isTrue();
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(informer.getIndexer().getByKey(namespace + "/three"))
                            .isNotNull());
            DynamicKubernetesListObject page =
                    gadgets.list(namespace, new ListOptions()).getObject();
            assertThat(page.getItems()).hasSize(1);
            assertThat(page.getItems()
                            .get(0)
                            .getRaw()
                            .getAsJsonObject("spec")
                            .get("size")
                            .getAsInt())
                    .isEqualTo(1);
            assertThat(gadgets.delete(namespace, "three").isSuccess()).isTrue();
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(informer.getIndexer().getByKey(namespace + "/three"))
                            .isNull());
        } finally {
            factory.stopAllRegisteredInformers();
        }
    }

    private static GenericKubernetesResource gadget(String name, int size) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(GROUP + "/" + VERSION)
                .withKind("Gadget")
                .withNewMetadata()
                .withName(name)
                .addToLabels("kind", "toy")
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("size", size))
                .build();
    }
}
