package io.orchestrator.samples.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.core.ServiceAccountBuilder;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of manifests: those of its objects whose kinds are served, and what they count on that the file does not bring.
 *
 * @param manifests the documents, as they stand in the file
 * @param objects what was read of them; empty where it is for kubectl to say what is wrong with the file
 * @param paths where each of the objects is found, as {@code pods/web}
 * @param otherKinds what is left out, since no server has it without an extension, or not any more
 * @param confined whether all of it goes to whatever namespace is the usual one
 */
record CorpusFile(
        Path name,
        List<String> manifests,
        List<JsonNode> objects,
        Set<String> paths,
        Set<String> otherKinds,
        boolean confined) {
    private static final YamlReader YAML = new YamlReader(Limits.YAML);
    /** Kinds that have a say in what else is taken, and lists, whose objects have no names here. */
    private static final Set<String> RULERS = Set.of(
            "LimitRange",
            "ResourceQuota",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "CustomResourceDefinition",
            "PriorityClass",
            "StorageClass",
            "Namespace",
            "List");

    private static final Pattern NAMESPACE = Pattern.compile("(?m)^ +namespace: (\\S+)$");

    /** A kind that a server has. @param plural as in paths */
    record Kind(String plural, boolean namespaced) {}

    /** @param served the kinds that a server has, each under its version and name */
    static CorpusFile read(Path name, Path file, Map<String, Kind> served) throws IOException {
        List<String> manifests = new ArrayList<>();
        List<JsonNode> objects = new ArrayList<>();
        Set<String> paths = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        boolean confined = true;
        String text = Files.readString(file, StandardCharsets.UTF_8);
        for (String document : text.split("(?m)^---.*$", -1)) {
            boolean empty = document.lines()
                    .allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
            if (empty) {
                continue;
            }
            JsonNode object;
            try {
                object = YAML.document(document);
            } catch (ApiException e) {
                return new CorpusFile(name, List.of(text), List.of(), Set.of(), Set.of(), false);
            }
            String kind = object.path("apiVersion").asText() + " "
                    + object.path("kind").asText();
            Kind known = served.get(kind);
            if (known != null || kind.equals("v1 List")) {
                confined &= known != null
                        && known.namespaced()
                        && object.path("metadata").path("namespace").isMissingNode();
                manifests.add(document);
                objects.add(object);
                if (known != null) {
                    paths.add(known.plural() + "/"
                            + object.path("metadata").path("name").asText());
                }
            } else if (object.isObject()) {
                others.add(kind);
            }
        }
        return new CorpusFile(name, manifests, objects, paths, others, confined);
    }

    /** Whether it can be tried beside others, since it does not say what others may be. */
    boolean isSociable() {
        return !objects.isEmpty()
                && objects.stream()
                        .noneMatch(each -> RULERS.contains(each.path("kind").asText()));
    }

    /** What kubectl calls its objects, as {@code deployment.apps/web}. */
    List<String> names() {
        return objects.stream().map(CorpusFile::name).toList();
    }

    private static String name(JsonNode object) {
        String version = object.path("apiVersion").asText();
        int slash = version.indexOf('/');
        return object.path("kind").asText().toLowerCase(Locale.ROOT)
                + (slash < 0 ? "" : "." + version.substring(0, slash))
                + "/" + object.path("metadata").path("name").asText();
    }

    /** Makes the namespaces and service accounts that its objects count on; what the file brings it makes itself. */
    void prepare(Client client, String usual) {
        if (objects.isEmpty()) {
            Matcher named = NAMESPACE.matcher(text());
            while (named.find()) {
                ensure(named.group(1), client);
            }
        }
        for (JsonNode object : objects) {
            String namespace = object.path("metadata").path("namespace").asText(usual);
            if (!brings("Namespace", namespace)
                    && client.namespaces().find(namespace).isEmpty()) {
                client.create(Namespace.named(namespace).build());
            }
            String account = object.path("kind").asText().equals("Secret")
                    ? object.path("metadata")
                            .path("annotations")
                            .path("kubernetes.io/service-account.name")
                            .asText()
                    : object.path("spec").path("serviceAccountName").asText();
            if (!account.isEmpty() && !brings("ServiceAccount", account)) {
                ObjectMeta meta = ObjectMetaBuilder.builder()
                        .name(account)
                        .namespace(namespace)
                        .build();
                if (client.resources(ServiceAccount.TYPE)
                        .inNamespace(namespace)
                        .find(account)
                        .isEmpty()) {
                    client.create(ServiceAccountBuilder.builder().metadata(meta).build());
                }
            }
        }
    }

    private static void ensure(String namespace, Client client) {
        if (client.namespaces().find(namespace).isEmpty()) {
            client.create(Namespace.named(namespace).build());
        }
    }

    private boolean brings(String kind, String name) {
        return objects.stream()
                .anyMatch(object -> object.path("kind").asText().equals(kind)
                        && object.path("metadata").path("name").asText().equals(name));
    }

    /** Its manifests as one text. */
    String text() {
        return String.join("\n---\n", manifests);
    }
}
