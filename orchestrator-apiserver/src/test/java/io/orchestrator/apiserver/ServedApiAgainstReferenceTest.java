package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The OpenAPI v2 document that a cluster serves beside the one of Kubernetes 1.33, found in the directory that
 * {@code kubernetes.reference} names: every operation and every field of the stable groups. Writes what differs to
 * {@code target/served-api-report.txt}; nothing may be served that Kubernetes does not know.
 */
@EnabledIfSystemProperty(named = "kubernetes.reference", matches = ".+")
class ServedApiAgainstReferenceTest {
    private static final List<String> VERBS = List.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final List<String> RULES = List.of(
            "default",
            "x-kubernetes-patch-merge-key",
            "x-kubernetes-patch-strategy",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type",
            "format",
            "type");

    /** What is served otherwise than there, as {@code docs/served-api.md} explains. */
    private static final List<String> EXPLAINED = List.of(
            "ours alone: get /apis/metrics.k8s.io/",
            "definition is ours alone: io.k8s.metrics.",
            "differs: io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec.caBundle x-kubernetes-list-type",
            "differs: io.k8s.api.certificates.v1.CertificateSigningRequestSpec.request x-kubernetes-list-type",
            "differs: io.k8s.api.certificates.v1.CertificateSigningRequestStatus.certificate x-kubernetes-list-type",
            "differs: io.k8s.apimachinery.pkg.apis.meta.v1.Status.details x-kubernetes-list-type");

    @Test
    @Timeout(120)
    void whatIsServedIsWhatKubernetesServes() throws Exception {
        JsonNode theirs = reference();
        JsonNode ours = served();
        List<String> report = new ArrayList<>();
        Set<String> operations = operations(ours.path("paths"));
        Set<String> known = operations(theirs.path("paths"));
        known.stream()
                .filter(operation -> !operations.contains(operation))
                .forEach(operation -> report.add("not served: " + operation));
        List<String> alone = operations.stream()
                .filter(operation -> !known.contains(operation))
                .toList();
        alone.forEach(operation -> report.add("ours alone: " + operation));
        int fields = fields(ours.path("definitions"), theirs.path("definitions"), report);
        report.add(
                0,
                operations.size() + " operations and " + fields + " fields served, " + report.size() + " differences");
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/served-api-report.txt"), report);
        System.out.println(report.get(0));
        assertThat(operations).isNotEmpty();
        assertThat(report.stream()
                        .filter(line -> line.startsWith("differs") || line.contains("ours alone"))
                        .filter(line -> EXPLAINED.stream().noneMatch(line::startsWith)))
                .isEmpty();
    }

    private static JsonNode reference() throws IOException {
        Path file = Path.of(System.getProperty("kubernetes.reference"), "kubernetes-openapi-v2.json.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static JsonNode served() throws Exception {
        try (ServedCluster cluster = new ServedCluster(ApiServer.onPort(0))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.url() + "/openapi/v2"))
                    .header("Accept", "application/json")
                    .timeout(Duration.ofSeconds(30))
                    .build();
            HttpResponse<byte[]> answer =
                    cluster.http(HttpClient.Version.HTTP_1_1).send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new ObjectMapper().readTree(answer.body());
        }
    }

    /** Verb and path of each operation of a stable version; the deprecated watch paths, which nobody sends any more, aside. */
    private static Set<String> operations(JsonNode paths) {
        Set<String> operations = new TreeSet<>();
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    boolean stable = !path.getKey().matches(".*/v[0-9]+(alpha|beta)[0-9]+(/.*)?");
                    boolean watch = path.getKey().contains("/watch/");
                    if (VERBS.contains(operation.getKey()) && stable && !watch) {
                        operations.add(operation.getKey() + " " + path.getKey());
                    }
                }));
        return operations;
    }

    private static int fields(JsonNode ours, JsonNode theirs, List<String> report) {
        int fields = 0;
        for (var definition : ours.properties()) {
            JsonNode known = theirs.path(definition.getKey());
            if (known.isMissingNode()) {
                report.add("definition is ours alone: " + definition.getKey());
                continue;
            }
            for (var field : definition.getValue().path("properties").properties()) {
                fields++;
                String name = definition.getKey() + "." + field.getKey();
                JsonNode other = known.path("properties").path(field.getKey());
                if (other.isMissingNode()) {
                    report.add("field is ours alone: " + name);
                } else {
                    rules(name, field.getValue(), other, report);
                }
            }
            known.path("properties").fieldNames().forEachRemaining(name -> {
                if (!definition.getValue().path("properties").has(name)) {
                    report.add("field is missing: " + definition.getKey() + "." + name);
                }
            });
        }
        return fields;
    }

    private static void rules(String name, JsonNode ours, JsonNode theirs, List<String> report) {
        for (String rule : RULES) {
            if (!ours.path(rule).equals(theirs.path(rule))) {
                report.add("differs: " + name + " " + rule + ": ours " + ours.path(rule) + ", theirs "
                        + theirs.path(rule));
            }
        }
    }
}
