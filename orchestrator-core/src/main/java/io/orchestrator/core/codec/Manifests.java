package io.orchestrator.core.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.yaml.YamlReader;
import io.orchestrator.core.schema.Kinds;
import io.orchestrator.core.schema.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what people keep in files: YAML with any number of documents, or JSON; single objects and lists. Strict: a field that
 * does not exist is an error, since it is most likely misspelled. Thread-safe.
 */
public final class Manifests {
    private final ObjectCodec codec;
    private final YamlReader yaml;
    private final Kinds kinds;

    public Manifests(ObjectCodec codec, Kinds kinds) {
        this.codec = codec;
        this.yaml = new YamlReader(Limits.YAML);
        this.kinds = kinds;
    }

    /** For the built-in kinds. */
    public static Manifests builtIn() {
        return new Manifests(new ObjectCodec(new Schemas()), Kinds.builtIn());
    }

    /**
     * The objects in order, those of lists one by one.
     *
     * @throws DecodeException naming the document, and in it the field
     */
    public List<Resource> read(String text) {
        List<Resource> objects = new ArrayList<>();
        List<JsonNode> documents = documents(text);
        for (int i = 0; i < documents.size(); i++) {
            try {
                collect(documents.get(i), objects);
            } catch (DecodeException e) {
                throw documents.size() == 1 ? e : new DecodeException("document " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return objects;
    }

    /** Reads a file, or every {@code .yaml}, {@code .yml} and {@code .json} file of a directory in order of their names. */
    public List<Resource> read(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return readFile(path);
            }
            List<Resource> objects = new ArrayList<>();
            try (var files = Files.list(path)) {
                files.filter(Manifests::isManifest).sorted().forEach(file -> objects.addAll(readFile(file)));
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The trees of the documents, before anything is known of their kinds. */
    public List<JsonNode> documents(String text) {
        String start = text.stripLeading();
        if (start.startsWith("{") && looksLikeJson(start)) {
            return codec.trees().parseAll(text);
        }
        return yaml.documents(text);
    }

    /** A YAML flow mapping also begins with a brace, but its keys need no quotes. */
    private static boolean looksLikeJson(String start) {
        String inside = start.substring(1).stripLeading();
        return inside.startsWith("\"") || inside.startsWith("}");
    }

    private List<Resource> readFile(Path file) {
        try {
            if (Files.size(file) > Limits.YAML.bodyBytes()) {
                throw DecodeException.tooLarge("the file", Limits.YAML.bodyBytes());
            }
            return read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (DecodeException e) {
            throw new DecodeException(file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    private void collect(JsonNode document, List<Resource> into) {
        String kind = document.path("kind").asText("");
        String apiVersion = document.path("apiVersion").asText("");
        if (kind.isEmpty() || apiVersion.isEmpty()) {
            throw new DecodeException("Object '" + (kind.isEmpty() ? "Kind" : "apiVersion") + "' is missing");
        }
        if (isList(document, kind)) {
            String itemKind = kind.substring(0, kind.length() - "List".length());
            for (JsonNode item : document.get("items")) {
                collectItem(item, apiVersion, itemKind, into);
            }
        } else {
            into.add(object(document, apiVersion, kind));
        }
    }

    /** Items of typed lists need not say what they are. */
    private void collectItem(JsonNode item, String apiVersion, String itemKind, List<Resource> into) {
        if (itemKind.isEmpty() || item.has("kind")) {
            collect(item, into);
        } else {
            into.add(object(item, apiVersion, itemKind));
        }
    }

    private static boolean isList(JsonNode document, String kind) {
        return kind.endsWith("List") && document.path("items").isArray();
    }

    private Resource object(JsonNode document, String apiVersion, String kind) {
        ResourceType<?> type = kinds.find(apiVersion, kind)
                .orElseThrow(() ->
                        new DecodeException("no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\""));
        return codec.read(document, type.objectClass()).strict(codec.schemas().of(type.objectClass()));
    }
}
