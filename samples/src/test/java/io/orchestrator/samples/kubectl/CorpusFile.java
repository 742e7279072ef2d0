package io.orchestrator.samples.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One file of manifests, and what kubectl makes of those of its objects whose kinds are served. */
record CorpusFile(Path name, Path file) {
    private static final YamlReader YAML = new YamlReader(Limits.YAML);

    /** How it went. */
    enum Result {
        /** Accepted, unchanged when applied again, without a difference to what stands. */
        WELL,
        /**
         * Accepted, and nothing differs; but kubectl sends a patch every time, since the manifest spells a value otherwise than
         * any server gives it back: an empty text, {@code 1000m}.
         */
        SENT_AGAIN,
        /** Nothing in it is of a kind that is served. */
        NOTHING,
        /** It is no manifest that kubectl could read. */
        UNREADABLE,
        /** The server, or kubectl before it, refuses it. */
        REFUSED,
        /** It cannot be applied again. */
        REFUSED_AGAIN,
        /** What stands differs from what was applied. */
        DIFFERENT
    }

    /** What the report says of it. */
    record Outcome(Path name, Result result, int objects, Set<String> otherKinds, String said) {
        boolean isWell() {
            return result == Result.WELL || result == Result.SENT_AGAIN || result == Result.NOTHING;
        }

        String line() {
            return String.join(
                    "\t",
                    name.toString(),
                    result.toString(),
                    Integer.toString(objects),
                    String.join(" ", otherKinds),
                    said.strip().replace("\n", " / "));
        }
    }

    /** The kinds that a server has, as {@link #tryOut} wants them: each with its version before it. */
    static Set<String> served(Command kubectl) throws IOException, InterruptedException {
        return Set.of(kubectl.run(List.of("api-resources", "--no-headers"))
                .output()
                .replaceAll("(?m)^.* (\\S+) +(?:true|false) +(\\S+)$", "$1 $2")
                .split("\n", -1));
    }

    Outcome tryOut(Command kubectl, Set<String> served, Path folder, Client client, int number)
            throws IOException, InterruptedException {
        List<String> kept = new ArrayList<>();
        Set<String> others = new TreeSet<>();
        try {
            for (String text : documents()) {
                JsonNode document = YAML.document(text);
                String kind = document.path("apiVersion").asText() + " "
                        + document.path("kind").asText();
                if (kind.equals("v1 List") || served.contains(kind)) {
                    kept.add(text);
                    namespaces(document, client);
                } else if (document.isObject()) {
                    others.add(kind);
                }
            }
        } catch (ApiException e) {
            return new Outcome(name, Result.UNREADABLE, kept.size(), others, String.valueOf(e.getMessage()));
        }
        if (kept.isEmpty()) {
            return new Outcome(name, Result.NOTHING, 0, others, "");
        }
        String namespace = "file-" + number;
        client.create(Namespace.named(namespace).build());
        Path copy = folder.resolve(namespace + ".yaml");
        Files.writeString(copy, String.join("\n---\n", kept));
        Outcome outcome = judge(kubectl, namespace, copy, kept.size(), others);
        kubectl.run(List.of("delete", "-f", copy.toString(), "-n", namespace, "--ignore-not-found", "--wait=false"));
        client.namespaces().delete(namespace);
        return outcome;
    }

    private Outcome judge(Command kubectl, String namespace, Path copy, int objects, Set<String> others)
            throws IOException, InterruptedException {
        List<String> apply = List.of("apply", "-f", copy.toString(), "-n", namespace);
        Command.Ended first = kubectl.run(apply);
        if (first.code() != 0) {
            return new Outcome(name, Result.REFUSED, objects, others, first.output());
        }
        Command.Ended second = kubectl.run(apply);
        String changed = second.output()
                .lines()
                .filter(line -> !line.endsWith(" unchanged") && !line.startsWith("Warning: "))
                .collect(Collectors.joining("\n"));
        if (second.code() != 0) {
            return new Outcome(name, Result.REFUSED_AGAIN, objects, others, second.output());
        }
        Command.Ended diff = kubectl.run(List.of("diff", "-f", copy.toString(), "-n", namespace));
        if (diff.code() != 0) {
            return new Outcome(name, Result.DIFFERENT, objects, others, diff.output());
        }
        return new Outcome(name, changed.isEmpty() ? Result.WELL : Result.SENT_AGAIN, objects, others, changed);
    }

    private List<String> documents() throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<String> documents = new ArrayList<>();
        for (String document : text.split("(?m)^---.*$", -1)) {
            boolean empty = document.lines()
                    .allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
            if (!empty) {
                documents.add(document);
            }
        }
        return documents;
    }

    /** Namespaces that a file counts on are there; what it brings itself it makes itself. */
    private static void namespaces(JsonNode document, Client client) {
        String namespace = document.path("metadata").path("namespace").asText();
        if (!namespace.isEmpty() && client.namespaces().find(namespace).isEmpty()) {
            client.create(Namespace.named(namespace).build());
        }
    }
}
