package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.client.WriteOptions.FieldValidation;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad and hostile requests get the answer of the table in Kubernetes' wire notes, as far as the registry answers them. */
class HostileInputTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final Client client = cluster.client;
    private final ObjectCodec codec = new ObjectCodec(new Schemas());

    @AfterEach
    void close() {
        cluster.close();
    }

    private static ApiException refusal(Runnable request) {
        ApiException refused = catchThrowableOfType(ApiException.class, request::run);
        assertThat(refused).as("the request is refused").isNotNull();
        return refused;
    }

    private <T extends Resource> T read(String json, Class<T> kind) {
        return codec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), kind);
    }

    private void refused(Runnable request, Reason reason, String field) {
        ApiException refusal = refusal(request);
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        if (!field.isEmpty()) {
            assertThat(refusal.causes())
                    .as(refusal.getMessage())
                    .anySatisfy(cause -> assertThat(cause.field()).isEqualTo(field));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'metadata':{'name':'x'}}                                                                                        | spec.containers
            {'metadata':{'name':'Bad_Name'},'spec':{'containers':[{'name':'a','image':'i'}]}}                                | metadata.name
            {'metadata':{},'spec':{'containers':[{'name':'a','image':'i'}]}}                                                 | metadata.name
            {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i'},{'name':'a','image':'i'}]}}              | spec.containers[1].name
            {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a'}]}}                                                   | spec.containers[0].image
            {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i','ports':[{'containerPort':70000}]}]}}     | spec.containers[0].ports[0].containerPort
            {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}}]}} | spec.containers[0].resources.requests
            {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i','volumeMounts':[{'name':'v','mountPath':'/m','subPath':'../x'}]}],'volumes':[{'name':'v'}]}} | spec.containers[0].volumeMounts[0].subPath
            {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i','volumeMounts':[{'name':'w','mountPath':'/m'}]}]}} | spec.containers[0].volumeMounts[0].name
            {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i'}],'volumes':[{'name':'v','hostPath':{'path':'/a/../b'}}]}} | spec.volumes[0].hostPath.path
            {'metadata':{'name':'x'},'spec':{'restartPolicy':'Maybe','containers':[{'name':'a','image':'i'}]}}               | spec.restartPolicy
            {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i','livenessProbe':{'periodSeconds':-1}}]}}  | spec.containers[0].livenessProbe
            {'metadata':{'name':'x','labels':{'a b':'c'}},'spec':{'containers':[{'name':'a','image':'i'}]}}                  | metadata.labels
            {'metadata':{'name':'x','ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'p','uid':''}]},'spec':{'containers':[{'name':'a','image':'i'}]}} | metadata.ownerReferences[0].uid
            """)
    void aBadPodNamesItsFields(String json, String field) {
        refused(() -> client.create(read(json, Pod.class)), Reason.INVALID, field);
        assertThat(client.pods().list().items()).isEmpty();
    }

    @Test
    void severalProblemsAreListedTogether() {
        ApiException refusal = refusal(() -> client.create(read(
                "{'metadata':{'name':'web'},'spec':{'restartPolicy':'Maybe','containers':[{'name':'a'}]}}",
                Pod.class)));
        assertThat(refusal.causes()).hasSize(2);
        assertThat(refusal)
                .hasMessage("Pod \"web\" is invalid: [spec.containers[0].image: Required value, spec.restartPolicy:"
                        + " Unsupported value: \"Maybe\": supported values: \"Always\", \"Never\", \"OnFailure\"]");
    }

    @Test
    void twoControllersAreOneTooMany() {
        ObjectMeta metadata = ObjectMetaBuilder.builder()
                .name("x")
                .ownerReferences(List.of(owner("1"), owner("2")))
                .build();
        refused(
                () -> client.create(
                        ConfigMapBuilder.builder().metadata(metadata).build()),
                Reason.INVALID,
                "metadata.ownerReferences");
    }

    private static io.orchestrator.api.meta.OwnerReference owner(String uid) {
        return OwnerReferenceBuilder.builder()
                .apiVersion("v1")
                .kind("Pod")
                .name("p")
                .uid(uid)
                .controller(true)
                .build();
    }

    @Test
    void whatIsTooLargeIsRefused() {
        String quarter = "x".repeat(257 * 1024);
        ObjectMeta annotated = ObjectMetaBuilder.builder()
                .name("x")
                .annotations(Map.of("a", quarter))
                .build();
        refused(
                () -> client.create(
                        ConfigMapBuilder.builder().metadata(annotated).build()),
                Reason.INVALID,
                "metadata.annotations");
        Map<String, String> data = Map.of("a", quarter, "b", quarter, "c", quarter, "d", quarter);
        refused(
                () -> client.create(ConfigMapBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name("x").build())
                        .data(data)
                        .build()),
                Reason.INVALID,
                "");
    }

    @Test
    void aConfigKeyIsAFileName() {
        refused(
                () -> client.create(read("{'metadata':{'name':'x'},'data':{'../x':'1'}}", ConfigMap.class)),
                Reason.INVALID,
                "data[../x]");
    }

    @Test
    void aSelectorMatchesItsTemplateAndStaysAsItIs() {
        refused(
                () -> client.create(read(
                        "{'metadata':{'name':'x'},'spec':{'selector':{'matchLabels':{'app':'x'}},'template':{'metadata':"
                                + "{'labels':{'app':'y'}},'spec':{'containers':[{'name':'a','image':'i'}]}}}}",
                        Deployment.class)),
                Reason.INVALID,
                "spec.template.metadata.labels");
        client.create(Deployment.named("web").container("web", "nginx").build());
        refused(
                () -> client.deployments()
                        .patch(
                                "web",
                                Patch.merge("{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"z\"}},\"template\":"
                                        + "{\"metadata\":{\"labels\":{\"app\":\"z\"}}}}}")),
                Reason.INVALID,
                "spec.selector");
    }

    @Test
    void aPodIsMadeOnce() {
        client.create(Pod.named("web").container("web", "nginx:1").build());
        Pod patched = client.pods()
                .patch(
                        "web",
                        Patch.strategic("{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx:2\"}]}}"));
        assertThat(patched.spec().containers().get(0).image()).isEqualTo("nginx:2");
        refused(
                () -> client.pods().patch("web", Patch.merge("{\"spec\":{\"nodeName\":\"n1\"}}")),
                Reason.INVALID,
                "spec");
    }

    @Test
    void nodePortsAreTakenOnceAndFromTheirRange() {
        client.create(nodePort("a", 30080));
        refused(() -> client.create(nodePort("b", 30080)), Reason.INVALID, "spec.ports[0].nodePort");
        refused(() -> client.create(nodePort("c", 80)), Reason.INVALID, "spec.ports[0].nodePort");
        client.services().delete("a");
        assertThat(client.create(nodePort("b", 30080)).spec().ports().get(0).nodePort())
                .isEqualTo(30080);
    }

    private Service nodePort(String name, int port) {
        return read(
                "{'metadata':{'name':'" + name + "'},'spec':{'type':'NodePort','ports':[{'port':80,'nodePort':" + port
                        + "}]}}",
                Service.class);
    }

    @Test
    void aRequestThatContradictsItselfIsBad() {
        Pod pod = Pod.named("web").container("web", "nginx").build();
        Pod elsewhere = pod.withMetadata(pod.metadata().withNamespace("other"));
        refused(
                () -> client.transport()
                        .create(Target.collection(Pod.TYPE, "default"), elsewhere, WriteOptions.defaults()),
                Reason.BAD_REQUEST,
                "");
        client.create(pod);
        refused(
                () -> client.transport()
                        .update(Target.object(Pod.TYPE, "default", "other"), pod, WriteOptions.defaults()),
                Reason.BAD_REQUEST,
                "");
        refused(
                () -> client.transport()
                        .create(
                                Target.collection(Pod.TYPE, "default"),
                                Service.named("web").port(80).build(),
                                WriteOptions.defaults()),
                Reason.BAD_REQUEST,
                "");
    }

    @Test
    void badListsAreBadRequests() {
        refused(() -> client.pods().list(ListOptions.all().fields("spec.color=red")), Reason.BAD_REQUEST, "");
        refused(() -> client.pods().list(ListOptions.all().labels("a b c")), Reason.BAD_REQUEST, "");
        refused(() -> client.pods().list(ListOptions.all().page(1, "garbage")), Reason.BAD_REQUEST, "");
        refused(() -> client.pods().list(ListOptions.all().since("abc")), Reason.BAD_REQUEST, "");
        refused(() -> client.pods().list(ListOptions.all().matching("Exact")), Reason.INVALID, "resourceVersionMatch");
    }

    @Test
    void aFutureVersionCannotBeListed() {
        ApiException refusal =
                refusal(() -> client.pods().list(ListOptions.all().since("999999")));
        assertThat(refusal.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(refusal.retryAfterSeconds()).isPositive();
    }

    @Test
    void whatIsThereOrMissingIsSaidSo() {
        client.create(Pod.named("web").container("web", "nginx").build());
        assertThat(refusal(() ->
                        client.create(Pod.named("web").container("web", "nginx").build())))
                .hasMessage("pods \"web\" already exists");
        assertThat(refusal(() -> client.pods().get("nope"))).hasMessage("pods \"nope\" not found");
        assertThat(refusal(() -> client.inNamespace("nowhere")
                        .create(Pod.named("web").container("web", "nginx").build())))
                .hasMessage("namespaces \"nowhere\" not found");
        refused(
                () -> client.deployments()
                        .update(Deployment.named("x").container("x", "i").build()),
                Reason.NOT_FOUND,
                "");
        refused(() -> client.pods().get("../../secrets/x"), Reason.NOT_FOUND, "");
    }

    @Test
    void aTerminatingNamespaceTakesNothingNew() {
        client.create(Namespace.named("old").build());
        client.namespaces().delete("old");
        ApiException refusal = refusal(() -> client.inNamespace("old")
                .create(Pod.named("web").container("web", "nginx").build()));
        assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refusal.causes()).extracting(cause -> cause.reason()).containsExactly("NamespaceTerminating");
        refused(() -> client.namespaces().delete("default"), Reason.FORBIDDEN, "");
    }

    @Test
    void preconditionsOfADeletionHold() {
        Pod web = client.create(Pod.named("web").container("web", "nginx").build());
        refused(() -> client.pods().delete("web", DeleteOptions.defaults().onlyUid("another")), Reason.CONFLICT, "");
        refused(() -> client.pods().delete("web", DeleteOptions.defaults().onlyVersion("1")), Reason.CONFLICT, "");
        client.pods()
                .delete("web", DeleteOptions.defaults().onlyUid(web.metadata().uid()));
        assertThat(client.pods().find("web")).isEmpty();
    }

    @Test
    void noFinalizerJoinsWhileAnObjectIsGoing() {
        ConfigMap held = client.create(ConfigMapBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("x")
                        .finalizers(List.of("example.com/wait"))
                        .build())
                .build());
        client.configMaps().delete("x");
        ConfigMap going = client.configMaps().get("x");
        assertThat(going.metadata().deletionTimestamp()).isNotNull();
        refused(
                () -> client.configMaps()
                        .update(going.withMetadata(
                                going.metadata().withFinalizers(List.of("example.com/wait", "example.com/more")))),
                Reason.INVALID,
                "metadata.finalizers");
        client.configMaps().update(going.withMetadata(going.metadata().withFinalizers(List.of())));
        assertThat(client.configMaps().find(held.metadata().name())).isEmpty();
    }

    @Test
    void unknownFieldsAreRefusedOrTold() {
        client.create(Pod.named("web").container("web", "nginx").build());
        Target<Pod> web = Target.object(Pod.TYPE, "default", "web");
        Patch patch = Patch.merge("{\"spec\":{\"colour\":\"red\"}}");
        refused(
                () -> client.transport()
                        .patch(web, patch, Pod.class, WriteOptions.defaults().validating(FieldValidation.STRICT)),
                Reason.BAD_REQUEST,
                "");
        client.transport().patch(web, patch, Pod.class, WriteOptions.defaults());
        assertThat(cluster.warnings).containsExactly("unknown field \"spec.colour\"");
    }

    @Test
    void aFailedTestOfAJsonPatchChangesNothing() {
        Pod web = client.create(Pod.named("web").container("web", "nginx").build());
        refused(
                () -> client.pods()
                        .patch(
                                "web",
                                Patch.json(
                                        "[{\"op\":\"test\",\"path\":\"/metadata/name\",\"value\":\"x\"},{\"op\":\"remove\","
                                                + "\"path\":\"/spec\"}]")),
                Reason.INVALID,
                "");
        assertThat(client.pods().get("web")).isSameAs(web);
    }

    @Test
    void aSecretThatIsNotBase64IsBad() {
        client.create(Secret.named("s").build());
        refused(() -> client.secrets().patch("s", Patch.merge("{\"data\":{\"a\":\"%%%\"}}")), Reason.BAD_REQUEST, "");
    }

    @Test
    void aDryRunKeepsNothing() {
        WriteOptions dry = WriteOptions.defaults().dryRunOnly();
        Pod pod = Pod.named("web").container("web", "nginx").build();
        Pod answer = client.transport().create(Target.collection(Pod.TYPE, "default"), pod, dry);
        assertThat(answer.spec().restartPolicy()).isEqualTo("Always");
        assertThat(client.pods().find("web")).isEmpty();
        Service service = Service.named("s").port(80).build();
        client.transport().create(Target.collection(Service.TYPE, "default"), service, dry);
        assertThat(client.services().find("s")).isEmpty();
        Pod real = client.create(pod);
        client.transport()
                .patch(
                        Target.object(Pod.TYPE, "default", "web"),
                        Patch.merge("{\"metadata\":{\"labels\":{\"a\":\"1\"}}}"),
                        Pod.class,
                        dry);
        assertThat(client.pods().get("web")).isSameAs(real);
    }
}
