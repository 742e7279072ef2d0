package io.orchestrator.core.client.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kubeconfig files as one: of entries with the same name the first file's counts, and so does the first current context. A
 * relative path in an entry is meant from the folder of its own file. Immutable.
 */
public final class KubeconfigFiles {
    private static final String VARIABLE = "KUBECONFIG";

    private final Map<String, Entry> clusters = new LinkedHashMap<>();
    private final Map<String, Entry> users = new LinkedHashMap<>();
    private final Map<String, Entry> contexts = new LinkedHashMap<>();
    private final List<Path> files;
    private String currentContext = "";

    /** What stands under a name. @param folder of the file that it stands in */
    record Entry(String name, JsonNode value, Path folder) {
        String text(String field) {
            JsonNode found = value.path(field);
            return found.isNull() ? "" : found.asText();
        }

        boolean flag(String field) {
            return value.path(field).asBoolean();
        }

        /** A file that is named; empty for none. */
        Optional<Path> file(String field) {
            String named = text(field);
            return named.isEmpty()
                    ? Optional.empty()
                    : Optional.of(folder.resolve(named).normalize());
        }
    }

    private KubeconfigFiles(List<Path> files) {
        this.files = files;
        for (Path file : files) {
            add(file);
        }
    }

    /** @throws ConfigException when one of them cannot be read or understood */
    public static KubeconfigFiles of(List<Path> files) {
        return new KubeconfigFiles(List.copyOf(files));
    }

    /**
     * Those that {@code kubectl} would take: the ones that the variable {@code KUBECONFIG} names and that are there, else
     * {@code .kube/config} in the home directory. Empty when there are none.
     */
    public static Optional<KubeconfigFiles> ofEnvironment(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        List<Path> candidates = new ArrayList<>();
        if (named.isEmpty()) {
            candidates.add(
                    Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".kube", "config"));
        } else {
            for (String each : named.split(java.io.File.pathSeparator)) {
                if (!each.isEmpty()) {
                    candidates.add(Path.of(each));
                }
            }
        }
        List<Path> there = candidates.stream().filter(Files::exists).toList();
        return there.isEmpty() ? Optional.empty() : Optional.of(of(there));
    }

    private void add(Path file) {
        JsonNode root = read(file);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        if (!root.isMissingNode() && !root.isNull() && !root.isObject()) {
            throw new ConfigException("the kubeconfig " + file + " is no object");
        }
        entries(root, "clusters", "cluster", folder, clusters);
        entries(root, "users", "user", folder, users);
        entries(root, "contexts", "context", folder, contexts);
        if (currentContext.isEmpty() && !root.path("current-context").isNull()) {
            currentContext = root.path("current-context").asText();
        }
    }

    private static JsonNode read(Path file) {
        try {
            List<JsonNode> documents = new YamlReader(Limits.YAML).documents(FileCredentials.text(file));
            return documents.isEmpty() ? MissingNode.getInstance() : documents.get(0);
        } catch (DecodeException e) {
            throw new ConfigException("the kubeconfig " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void entries(JsonNode root, String list, String field, Path folder, Map<String, Entry> into) {
        for (JsonNode each : root.path(list)) {
            String name = each.path("name").asText();
            into.putIfAbsent(name, new Entry(name, each.path(field), folder));
        }
    }

    /** The context of that name, or the current one when it is empty. */
    Entry context(String name) {
        String wanted = name.isEmpty() ? currentContext : name;
        if (wanted.isEmpty()) {
            throw new ConfigException("no context is current in " + named() + ": name one of " + contexts.keySet());
        }
        return find(contexts, wanted, "context");
    }

    Entry cluster(String name) {
        return find(clusters, name, "cluster");
    }

    Entry user(String name) {
        return find(users, name, "user");
    }

    private Entry find(Map<String, Entry> among, String name, String what) {
        Entry found = among.get(name);
        if (found == null) {
            throw new ConfigException(
                    "the " + what + " \"" + name + "\" does not exist in " + named() + ", which has " + among.keySet());
        }
        return found;
    }

    private String named() {
        return files.size() == 1 ? "the kubeconfig " + files.get(0) : "the kubeconfigs " + files;
    }
}
