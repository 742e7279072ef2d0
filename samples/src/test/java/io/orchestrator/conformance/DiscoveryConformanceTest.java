package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.conformance.HttpCluster.Answer;
import io.orchestrator.testkit.junit.Conformance;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class DiscoveryConformanceTest {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("discovery");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    @Conformance("[sig-api-machinery] server version should find the server version")
    void theVersionIsMadeOfNumbers() {
        JsonNode version = cluster.get("/version").mustBe(200).json();
        assertThat(version.path("major").asText()).matches("\\d+");
        assertThat(version.path("minor").asText()).matches("\\d+");
    }

    @Test
    @Conformance("[sig-api-machinery] Discovery should validate PreferredVersion for each APIGroup")
    void everyGroupPrefersAVersionThatItHas() {
        List<JsonNode> groups = list(cluster.get("/apis").mustBe(200).json().path("groups"));
        assertThat(groups).hasSizeGreaterThan(15);
        for (JsonNode group : groups) {
            String name = group.path("name").asText();
            String preferred = group.at("/preferredVersion/groupVersion").asText();
            JsonNode own = cluster.get("/apis/" + name).mustBe(200).json();
            assertThat(own.at("/preferredVersion/groupVersion").asText())
                    .as(name)
                    .isEqualTo(preferred);
            assertThat(list(own.path("versions")))
                    .as(name)
                    .extracting(version -> version.path("groupVersion").asText())
                    .contains(preferred);
        }
    }

    @Test
    @Conformance("[sig-api-machinery] Discovery should locate the groupVersion and a resource within each APIGroup")
    void everyGroupHasItsResources() {
        for (String known : List.of(
                "admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
                "apiextensions.k8s.io/v1/customresourcedefinitions",
                "apiregistration.k8s.io/v1/apiservices",
                "apps/v1/deployments",
                "authentication.k8s.io/v1/tokenreviews",
                "authorization.k8s.io/v1/selfsubjectaccessreviews",
                "autoscaling/v1/horizontalpodautoscalers",
                "autoscaling/v2/horizontalpodautoscalers",
                "batch/v1/jobs",
                "certificates.k8s.io/v1/certificatesigningrequests",
                "coordination.k8s.io/v1/leases",
                "discovery.k8s.io/v1/endpointslices",
                "events.k8s.io/v1/events",
                "flowcontrol.apiserver.k8s.io/v1/flowschemas",
                "networking.k8s.io/v1/ingresses",
                "node.k8s.io/v1/runtimeclasses",
                "policy/v1/poddisruptionbudgets",
                "scheduling.k8s.io/v1/priorityclasses",
                "storage.k8s.io/v1/csinodes")) {
            String[] parts = known.split("/");
            String groupVersion = parts[0] + "/" + parts[1];
            assertThat(list(cluster.get("/apis/" + parts[0]).mustBe(200).json().path("versions")))
                    .as(known)
                    .extracting(version -> version.path("groupVersion").asText())
                    .contains(groupVersion);
            JsonNode resources =
                    cluster.get("/apis/" + groupVersion).mustBe(200).json();
            assertThat(resources.path("groupVersion").asText()).isEqualTo(groupVersion);
            assertThat(list(resources.path("resources")))
                    .as(known)
                    .extracting(resource -> resource.path("name").asText())
                    .contains(parts[2]);
        }
    }

    @Test
    @Conformance({
        "[sig-api-machinery] AggregatedDiscovery should support aggregated discovery interface",
        "[sig-api-machinery] AggregatedDiscovery should support raw aggregated discovery endpoint Accept headers"
    })
    void allGroupsComeInOneDocument() {
        Answer answer = cluster.get("/apis", AGGREGATED).mustBe(200);
        assertThat(answer.header("Content-Type")).isEqualTo(AGGREGATED);
        JsonNode document = answer.json();
        assertThat(document.path("kind").asText()).isEqualTo("APIGroupDiscoveryList");
        assertThat(document.path("apiVersion").asText()).isEqualTo("apidiscovery.k8s.io/v2");
        for (JsonNode group : list(cluster.get("/apis").json().path("groups"))) {
            for (JsonNode version : list(group.path("versions"))) {
                assertThat(versions(document, group.path("name").asText()))
                        .contains(version.path("version").asText());
            }
        }
        assertThat(resources(document, "apps", "v1"))
                .contains("deployments", "statefulsets", "daemonsets", "replicasets", "controllerrevisions");
        assertThat(resources(cluster.get("/api", AGGREGATED).mustBe(200).json(), "", "v1"))
                .contains("pods", "services", "namespaces");
        assertThat(cluster.get("/apis", AGGREGATED.replace("v=v2", "v=v2beta1"))
                        .mustBe(200)
                        .json()
                        .path("apiVersion")
                        .asText())
                .isEqualTo("apidiscovery.k8s.io/v2beta1");
        assertThat(cluster.get("/apis", "application/json").json().path("kind").asText())
                .isEqualTo("APIGroupList");
    }

    @Test
    @Conformance({
        "[sig-api-machinery] AggregatedDiscovery should support aggregated discovery interface for CRDs",
        "[sig-api-machinery] AggregatedDiscovery should support raw aggregated discovery request for CRDs",
        "[sig-api-machinery] CustomResourceDefinition resources should include custom resource definition resources in"
                + " discovery documents"
    })
    void aKindThatSomebodyDefinesIsInTheDocumentUntilItIsGone() {
        assertThat(list(cluster.get("/apis").json().path("groups")))
                .anySatisfy(group -> assertThat(group.path("name").asText()).isEqualTo("apiextensions.k8s.io"));
        assertThat(list(cluster.get("/apis/apiextensions.k8s.io/v1").json().path("resources")))
                .extracting(resource -> resource.path("name").asText())
                .contains("customresourcedefinitions", "customresourcedefinitions/status");
        Definition found = Definition.named("findings", "Finding").create(cluster);
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> resources(cluster.get("/apis", AGGREGATED).json(), found.group(), "v1")
                        .contains("findings"));
        cluster.delete(found.path()).mustBe(200);
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> versions(cluster.get("/apis", AGGREGATED).json(), found.group())
                        .isEmpty());
    }

    @Test
    @Conformance(
            "[sig-api-machinery] Servers with support for Table transformation should return a 406 for a backend which"
                    + " does not implement metadata")
    void whatIsNoObjectIsNoTable() {
        Answer answer = HttpCluster.send(
                cluster.admin(),
                cluster.to("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                        .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\","
                                                + "\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}")));
        answer.mustBe(406);
        assertThat(answer.json().path("reason").asText()).isEqualTo("NotAcceptable");
    }

    @Test
    @Conformance("[sig-api-machinery] AdmissionWebhook should include webhook resources in discovery documents")
    void webhooksAreThere() {
        assertThat(list(cluster.get("/apis").json().path("groups")))
                .extracting(group -> group.path("name").asText())
                .contains("admissionregistration.k8s.io");
        assertThat(list(cluster.get("/apis/admissionregistration.k8s.io").json().path("versions")))
                .extracting(version -> version.path("groupVersion").asText())
                .contains("admissionregistration.k8s.io/v1");
        assertThat(list(cluster.get("/apis/admissionregistration.k8s.io/v1")
                        .json()
                        .path("resources")))
                .extracting(resource -> resource.path("name").asText())
                .contains("mutatingwebhookconfigurations", "validatingwebhookconfigurations");
    }

    private static List<String> versions(JsonNode document, String group) {
        return list(document.path("items")).stream()
                .filter(item -> item.at("/metadata/name").asText().equals(group))
                .flatMap(item -> list(item.path("versions")).stream())
                .map(version -> version.path("version").asText())
                .toList();
    }

    private static List<String> resources(JsonNode document, String group, String version) {
        return list(document.path("items")).stream()
                .filter(item -> item.at("/metadata/name").asText().equals(group))
                .flatMap(item -> list(item.path("versions")).stream())
                .filter(each -> each.path("version").asText().equals(version))
                .flatMap(each -> list(each.path("resources")).stream())
                .map(resource -> resource.path("resource").asText())
                .toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
