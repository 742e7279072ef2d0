package io.orchestrator.conformance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A definition of a custom kind, in a group of its own unless it is given one. */
record Definition(String group, String plural, String kind, ObjectNode manifest) {

    static Definition named(String plural, String kind) {
        return inGroup(plural + ".example.com", plural, kind);
    }

    /** One version, {@code v1}, that takes whatever it is given. */
    static Definition inGroup(String group, String plural, String kind) {
        ObjectNode manifest = (ObjectNode) HttpCluster.tree(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %s.%s}
                spec:
                  group: %s
                  names: {plural: %s, singular: %s, kind: %s, listKind: %sList}
                  scope: Namespaced
                  versions: []
                """.formatted(plural, group, group, plural, kind.toLowerCase(Locale.ROOT), kind, kind));
        return new Definition(group, plural, kind, manifest)
                .version("v1", true, "{type: object, x-kubernetes-preserve-unknown-fields: true}");
    }

    /** With this version, too, or anew; the last one that is stored is the only one that is. */
    Definition version(String name, boolean stored, String schema) {
        ObjectNode copy = manifest.deepCopy();
        ArrayNode versions = (ArrayNode) copy.at("/spec/versions");
        for (int i = 0; i < versions.size(); i++) {
            if (stored) {
                ((ObjectNode) versions.get(i)).put("storage", false);
            }
            if (versions.get(i).path("name").asText().equals(name)) {
                versions.remove(i--);
            }
        }
        versions.addObject()
                .put("name", name)
                .put("served", true)
                .put("storage", stored)
                .putObject("schema")
                .set("openAPIV3Schema", HttpCluster.tree(schema));
        return new Definition(group, plural, kind, copy);
    }

    /** With a status that is a part of its own, in all versions. */
    Definition withStatus() {
        ObjectNode copy = manifest.deepCopy();
        copy.at("/spec/versions")
                .forEach(version ->
                        ((ObjectNode) version).putObject("subresources").putObject("status"));
        return new Definition(group, plural, kind, copy);
    }

    /** Makes it and waits until it is served. */
    Definition create(HttpCluster cluster) {
        cluster.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", manifest.toString())
                .mustBe(201);
        await().atMost(HttpCluster.PATIENCE)
                .until(() -> isTrue(cluster.get(path()).json(), "Established")
                        && cluster.get(objects("v1")).code() == 200);
        return this;
    }

    String path() {
        return "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + "." + group;
    }

    /** The objects of the kind in the default namespace. */
    String objects(String version) {
        return "/apis/" + group + "/" + version + "/namespaces/default/" + plural;
    }

    /** An object of the kind. @param more what else is in it, each with a comma before it */
    String object(String version, String name, String more) {
        return "{apiVersion: " + group + "/" + version + ", kind: " + kind + ", metadata: {name: " + name + "}" + more
                + "}";
    }

    private static boolean isTrue(JsonNode definition, String condition) {
        for (JsonNode each : definition.at("/status/conditions")) {
            if (each.path("type").asText().equals(condition)) {
                return each.path("status").asText().equals("True");
            }
        }
        return false;
    }
}
