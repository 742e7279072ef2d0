package io.orchestrator.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The published documents that the model is compared with. They are not part of the project. */
final class Reference {
    private final JsonNode definitions;
    private final JsonNode messages;

    Reference(Path directory) {
        definitions = read(directory.resolve("kubernetes-openapi-v2.json.gz")).path("definitions");
        messages = read(directory.resolve("kubernetes-protobuf-fields.json")).path("types");
    }

    private static JsonNode read(Path file) {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode definition(Class<?> type) {
        return definitions.path(definitionName(type));
    }

    static String definitionName(Class<?> type) {
        String group = group(type);
        if (group.equals("apiextensions")) {
            return "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1." + type.getSimpleName();
        }
        if (group.equals("apiregistration")) {
            return "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1." + type.getSimpleName();
        }
        return group.equals("meta")
                ? "io.k8s.apimachinery.pkg.apis.meta.v1." + type.getSimpleName()
                : "io.k8s.api." + group + "." + version(type, group) + "." + type.getSimpleName();
    }

    JsonNode message(Class<?> type) {
        String group = group(type);
        return messages.path(
                group.equals("meta")
                        ? "meta.v1." + type.getSimpleName()
                        : "k8s.io.api." + group + "." + version(type, group) + "." + type.getSimpleName());
    }

    /** Of autoscaling the model has the newer version, and from the older one what the newer one left there. */
    private static String version(Class<?> type, String group) {
        boolean old = type.getSimpleName().startsWith("Scale")
                || type.getPackageName().endsWith(".v1");
        return group.equals("autoscaling") && !old ? "v2" : "v1";
    }

    private static String group(Class<?> type) {
        String home = type.getPackageName();
        String named = home.endsWith(".v1") ? home.substring(0, home.length() - ".v1".length()) : home;
        return named.substring(named.lastIndexOf('.') + 1);
    }

    JsonNode message(String name) {
        return messages.path(name);
    }
}
