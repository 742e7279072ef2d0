package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.apiserver.ServedCluster.Answer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which requests come and answers go: what kubectl and other clients rely on. */
class NegotiationTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private static ServedCluster served;

    @BeforeAll
    static void open() {
        served = new ServedCluster(ApiServer.onPort(0));
        served.client()
                .create(ConfigMap.named("there")
                        .label("tier", "web")
                        .data("key", "value")
                        .build());
    }

    @AfterAll
    static void close() {
        served.close();
    }

    private static Answer get(String path, String accept) {
        return served.send(served.to(path).header("Accept", accept).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/apis"})
    void aggregatedDiscoveryComesWithExactlyTheTypeThatWasAskedFor(String root) {
        Answer answer = get(root, AGGREGATED + ",application/json");
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(AGGREGATED);
        assertThat(answer.json().path("kind").asText()).isEqualTo("APIGroupDiscoveryList");
        assertThat(answer.header("ETag")).isNotEmpty();

        Answer again = served.send(served.to(root)
                .header("Accept", AGGREGATED + ",application/json")
                .header("If-None-Match", answer.header("ETag"))
                .build());
        assertThat(again.code()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
    }

    @Test
    void discoveryInItsOldFormStaysThere() {
        assertThat(get("/api", "application/json").json().path("kind").asText()).isEqualTo("APIVersions");
        assertThat(get("/apis", "application/json").json().path("kind").asText())
                .isEqualTo("APIGroupList");
        JsonNode core = get("/api/v1", "application/json").json();
        assertThat(core.path("kind").asText()).isEqualTo("APIResourceList");
        assertThat(core.path("resources"))
                .anySatisfy(
                        resource -> assertThat(resource.path("name").asText()).isEqualTo("pods/eviction"));
        List<String> keys = new ArrayList<>();
        for (JsonNode resource : core.path("resources")) {
            if (resource.path("name").asText().equals("pods")) {
                resource.fieldNames().forEachRemaining(keys::add);
            }
        }
        assertThat(keys)
                .containsExactly(
                        "name",
                        "singularName",
                        "namespaced",
                        "kind",
                        "verbs",
                        "shortNames",
                        "categories",
                        "storageVersionHash");
    }

    /** What people type, and what {@code kubectl get all} shows. */
    @Test
    void kindsHaveTheShortNamesAndCategoriesThatTheyHaveInKubernetes() {
        Map<String, String> shortNames = new TreeMap<>();
        Map<String, Set<String>> categories = new TreeMap<>();
        for (String root : List.of("/api", "/apis")) {
            for (JsonNode group : get(root, AGGREGATED).json().path("items")) {
                for (JsonNode resource : group.at("/versions/0/resources")) {
                    String plural = resource.path("resource").asText();
                    resource.path("shortNames").forEach(name -> shortNames.put(name.asText(), plural));
                    resource.path("categories")
                            .forEach(each -> categories
                                    .computeIfAbsent(each.asText(), any -> new TreeSet<>())
                                    .add(plural));
                }
            }
        }
        assertThat(shortNames.toString())
                .isEqualTo("{cj=cronjobs, cm=configmaps, crd=customresourcedefinitions,"
                        + " crds=customresourcedefinitions, cs=componentstatuses, csr=certificatesigningrequests,"
                        + " deploy=deployments, ds=daemonsets, ep=endpoints, ev=events,"
                        + " hpa=horizontalpodautoscalers, ing=ingresses, limits=limitranges,"
                        + " netpol=networkpolicies, no=nodes, ns=namespaces, pc=priorityclasses,"
                        + " pdb=poddisruptionbudgets, po=pods, pv=persistentvolumes, pvc=persistentvolumeclaims,"
                        + " quota=resourcequotas, rc=replicationcontrollers, rs=replicasets, sa=serviceaccounts,"
                        + " sc=storageclasses, sts=statefulsets, svc=services}");
        assertThat(categories.toString())
                .isEqualTo("{all=[cronjobs, daemonsets, deployments, horizontalpodautoscalers, jobs, pods,"
                        + " replicasets, replicationcontrollers, services, statefulsets],"
                        + " api-extensions=[apiservices, customresourcedefinitions, mutatingwebhookconfigurations,"
                        + " validatingadmissionpolicies, validatingadmissionpolicybindings,"
                        + " validatingwebhookconfigurations]}");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/pods, metadata.name metadata.namespace spec.nodeName spec.restartPolicy spec.schedulerName"
                + " spec.serviceAccountName spec.hostNetwork status.phase status.podIP status.nominatedNodeName",
        "/api/v1/nodes, metadata.name spec.unschedulable",
        "/api/v1/namespaces, metadata.name status.phase",
        "/api/v1/secrets, metadata.name metadata.namespace type",
        "/api/v1/services, metadata.name metadata.namespace spec.clusterIP spec.type",
        "/api/v1/replicationcontrollers, metadata.name metadata.namespace status.replicas",
        "/api/v1/events, metadata.name metadata.namespace involvedObject.kind involvedObject.namespace"
                + " involvedObject.name involvedObject.uid involvedObject.apiVersion involvedObject.resourceVersion"
                + " involvedObject.fieldPath reason reportingComponent source type",
        "/apis/apps/v1/replicasets, metadata.name metadata.namespace status.replicas",
        "/apis/batch/v1/jobs, metadata.name metadata.namespace status.successful",
        "/apis/certificates.k8s.io/v1/certificatesigningrequests, metadata.name spec.signerName",
        "/apis/apps/v1/deployments, metadata.name metadata.namespace",
    })
    void fieldsSelectThatSelectInKubernetes(String path, String fields) {
        for (String field : fields.split(" ")) {
            assertThat(served.get(path + "?fieldSelector=" + field + "%3Dx").code())
                    .as(field)
                    .isEqualTo(200);
        }
        assertThat(served.get(path + "?fieldSelector=spec.nothing%3Dx").code()).isEqualTo(400);
    }

    @Test
    void aTableHasRowsWithTheMetadataThatColumnsAreMadeOf() {
        JsonNode table = get(MAPS + "?labelSelector=tier&limit=500", TABLE + ",application/json")
                .json();
        assertThat(table.path("kind").asText()).isEqualTo("Table");
        assertThat(table.at("/columnDefinitions/0/name").asText()).isEqualTo("Name");
        assertThat(table.at("/rows/0/cells/0").asText()).isEqualTo("there");
        assertThat(table.at("/rows/0/object/kind").asText()).isEqualTo("PartialObjectMetadata");
        assertThat(table.at("/rows/0/object/metadata/labels/tier").asText()).isEqualTo("web");

        JsonNode one = get(MAPS + "/there?includeObject=Object", TABLE).json();
        assertThat(one.at("/rows/0/object/data/key").asText()).isEqualTo("value");
    }

    @Test
    void metadataAloneCanBeHad() {
        String form = "application/json;as=%s;v=v1;g=meta.k8s.io,application/json";
        JsonNode list = get(MAPS + "?labelSelector=tier", form.formatted("PartialObjectMetadataList"))
                .json();
        assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
        assertThat(list.path("apiVersion").asText()).isEqualTo("meta.k8s.io/v1");
        assertThat(list.at("/items/0/metadata/name").asText()).isEqualTo("there");
        assertThat(list.at("/items/0").has("data")).isFalse();

        JsonNode one =
                get(MAPS + "/there", form.formatted("PartialObjectMetadata")).json();
        assertThat(one.path("kind").asText()).isEqualTo("PartialObjectMetadata");
        assertThat(one.at("/metadata/labels/tier").asText()).isEqualTo("web");
        assertThat(one.has("data")).isFalse();
    }

    @Test
    void aFormThatWeDoNotHaveIsPassedOver() {
        Answer answer = get(MAPS + "/there", "application/cbor,application/json");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().path("kind").asText()).isEqualTo("ConfigMap");
    }

    @Test
    void aBodyWithoutATypeIsJsonAlsoInChunks() {
        HttpRequest chunked = served.to(MAPS + "?dryRun=All")
                .POST(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofString("{\"metadata\":{\"name\":\"chunked\"}}")))
                .build();
        assertThat(served.send(chunked).code()).isEqualTo(201);
    }

    @Test
    void yamlIsTakenWhereItSaysSo() {
        Answer answer = served.send(
                "POST", MAPS + "?dryRun=All", "application/yaml", "metadata: {name: yaml}\ndata: {a: 'yes'}\n");
        assertThat(answer.code()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().at("/data/a").asText()).isEqualTo("yes");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void largeBodiesOnManyStreamsAtOnceArriveWhole(HttpClient.Version version) {
        HttpClient http = served.http(version);
        // More than a stream may bring before it is read, and together far more than the connection may.
        String value = "é".repeat(400_000);
        byte[] body = ("{\"metadata\":{\"generateName\":\"large-\"},\"data\":{\"a\":\"" + value + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            HttpRequest request = served.to(MAPS + "?dryRun=All")
                    // All are under way at once, and the last waits for the work of all: on a busy machine longer than
                    // usual.
                    .timeout(Duration.ofMinutes(2))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            Answer arrived = new Answer(answer.join());
            assertThat(arrived.code()).isEqualTo(201);
            assertThat(arrived.response().version()).isEqualTo(version);
            assertThat(arrived.json().at("/data/a").asText()).isEqualTo(value);
        }
    }

    @Test
    void aHeadIsAGetWithoutItsBody() {
        Answer answer = served.send("HEAD", MAPS + "/there", ServedCluster.NO_TYPE, "");
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void deletedIsSaidWithTheUid() {
        served.client().create(ConfigMap.named("going").build());
        String uid = served.get(MAPS + "/going").json().at("/metadata/uid").asText();
        JsonNode status = served.send("DELETE", MAPS + "/going", ServedCluster.NO_TYPE, "")
                .json();
        assertThat(status.path("status").asText()).isEqualTo("Success");
        assertThat(status.at("/details/uid").asText()).isEqualTo(uid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "meta.k8s.io/v1", "apps/v1", ""})
    void howToDeleteIsReadInTheVersionOfAnyGroup(String apiVersion) {
        served.client().create(ConfigMap.named("leaving").build());
        String options = "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"" + apiVersion + "\",\"gracePeriodSeconds\":0}";
        assertThat(served.send("DELETE", MAPS + "/leaving", "application/json", options)
                        .code())
                .isEqualTo(200);
    }

    @Test
    void theRootNamesEveryPath() {
        JsonNode paths = get("/", "application/json").json().path("paths");
        assertThat(paths)
                .extracting(JsonNode::asText)
                .contains(
                        "/api",
                        "/api/v1",
                        "/apis",
                        "/apis/apps",
                        "/apis/apps/v1",
                        "/healthz/ping",
                        "/openapi/v3/apis/apps/v1",
                        "/version");
    }

    @Test
    void clientsBefore130FindAggregatedDiscoveryInItsBeta() {
        String beta = AGGREGATED.replace("v=v2", "v=v2beta1");
        Answer answer = get("/apis", beta + ",application/json");
        assertThat(answer.header("Content-Type")).isEqualTo(beta);
        assertThat(answer.json().path("apiVersion").asText()).isEqualTo("apidiscovery.k8s.io/v2beta1");
        assertThat(get("/apis", AGGREGATED + "," + beta).header("Content-Type")).isEqualTo(AGGREGATED);
    }

    @Test
    void aListGoesOnWhereItStoppedAtOneVersion() {
        for (int i = 0; i < 5; i++) {
            served.client()
                    .create(ConfigMap.named("page-" + i).label("paged", "yes").build());
        }
        String query = MAPS + "?labelSelector=paged%3Dyes&limit=2";
        JsonNode first = served.get(query).json();
        assertThat(first.path("items")).hasSize(2);
        String token = first.at("/metadata/continue").asText();
        served.client().create(ConfigMap.named("page-9").label("paged", "yes").build());

        JsonNode second = served.get(query + "&continue=" + token).json();
        JsonNode third = served.get(
                        query + "&continue=" + second.at("/metadata/continue").asText())
                .json();

        assertThat(third.path("items")).hasSize(1);
        assertThat(third.at("/items/0/metadata/name").asText()).isEqualTo("page-4");
        assertThat(third.at("/metadata/continue").asText()).isEmpty();
        assertThat(third.at("/metadata/resourceVersion")).isEqualTo(first.at("/metadata/resourceVersion"));
    }
}
