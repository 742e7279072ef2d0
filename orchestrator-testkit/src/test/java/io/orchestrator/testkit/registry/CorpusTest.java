package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Kinds;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Real manifests, found below the directory that {@code kubernetes.corpus} names: whatever is of a served kind is accepted by a
 * dry run. Writes {@code target/corpus-report.txt}: a line for every object, and why what was refused was.
 */
@EnabledIfSystemProperty(named = "kubernetes.corpus", matches = ".+")
class CorpusTest {
    private final ObjectCodec codec = new ObjectCodec(new Schemas());
    private final Manifests manifests = new Manifests(codec, Kinds.builtIn());
    private final List<String> report = new ArrayList<>();
    private final Set<String> namespaces = new HashSet<>(Set.of("default", "kube-system"));
    private int accepted;
    private int refused;
    private int skipped;

    @Test
    void realManifestsAreAccepted() throws IOException {
        Path root = Path.of(System.getProperty("kubernetes.corpus"));
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(CorpusTest::isManifest).sorted().toList();
        }
        try (RegistryFixture cluster = new RegistryFixture()) {
            for (Path file : files) {
                file(cluster, root.relativize(file).toString(), Files.readString(file));
            }
        }
        report.add(0, accepted + " accepted, " + refused + " refused, " + skipped + " of kinds that are not built in");
        Path target = Files.createDirectories(Path.of("target"));
        Files.write(target.resolve("corpus-report.txt"), report);
        System.out.println(report.get(0));
        report.stream().filter(line -> line.contains(" REFUSED ")).forEach(System.out::println);
        assertThat(accepted).isPositive();
        assertThat(report.stream().filter(line -> line.contains(" REFUSED INTERNAL_ERROR")))
                .isEmpty();
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private void file(RegistryFixture cluster, String name, String text) {
        List<JsonNode> documents;
        try {
            documents = manifests.documents(text);
        } catch (DecodeException e) {
            line(name, "-", "UNREADABLE " + e.getMessage());
            skipped++;
            return;
        }
        for (JsonNode document : documents) {
            if (document.path("items").isArray()
                    && document.path("kind").asText().endsWith("List")) {
                document.path("items").forEach(item -> document(cluster, name, item));
            } else if (document.isObject() && !document.isEmpty()) {
                document(cluster, name, document);
            }
        }
    }

    private void document(RegistryFixture cluster, String name, JsonNode document) {
        String what = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText() + " "
                + document.path("metadata").path("name").asText();
        Optional<ResourceType<?>> type = Kinds.builtIn()
                .find(
                        document.path("apiVersion").asText(),
                        document.path("kind").asText());
        if (type.isEmpty()) {
            skipped++;
            line(name, what, "NOT BUILT IN");
            return;
        }
        try {
            create(cluster, type.get(), document);
            accepted++;
            line(name, what, "ACCEPTED");
        } catch (ApiException e) {
            refused++;
            line(name, what, "REFUSED " + e.reason() + " " + e.getMessage());
        }
    }

    private <T extends Resource> void create(RegistryFixture cluster, ResourceType<T> type, JsonNode document) {
        T object =
                codec.read(document, type.objectClass()).strict(codec.schemas().of(type.objectClass()));
        String namespace = object.metadata().namespace();
        if (type.namespaced() && namespace.isEmpty()) {
            namespace = "default";
        }
        if (type.namespaced() && namespaces.add(namespace)) {
            cluster.client.create(
                    io.orchestrator.api.model.core.Namespace.named(namespace).build());
        }
        WriteOptions dryRun = WriteOptions.by("corpus").dryRunOnly();
        cluster.registry.create(
                Target.collection(type, type.namespaced() ? namespace : ""), object, dryRun, cluster.caller);
    }

    private void line(String file, String what, String outcome) {
        report.add(file + ": " + what + " " + outcome);
    }
}
