package io.orchestrator.testkit.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.core.schema.Kinds;
import io.orchestrator.core.schema.Schemas;
import java.util.List;

/** Posts manifests to a registry, as text in and text out. */
final class Posting {
    private final RegistryFixture cluster;
    private final ObjectCodec codec = new ObjectCodec(new Schemas());
    private final Manifests manifests = new Manifests(codec, Kinds.builtIn());

    Posting(RegistryFixture cluster) {
        this.cluster = cluster;
    }

    Resource create(String yaml) {
        return create(manifests.read(yaml).get(0));
    }

    Resource create(Resource object) {
        return cluster.registry
                .create(collection(typeOf(object)), object, WriteOptions.defaults(), cluster.caller)
                .object();
    }

    /** What the registry refuses, as {@code field: message}. */
    List<String> refusals(String yaml) {
        return causes(() -> create(yaml));
    }

    /** What the registry refuses of a merge patch. */
    List<String> refusals(ResourceType<?> type, String name, String patch) {
        return causes(() -> patch(type, name, patch));
    }

    private static List<String> causes(Runnable request) {
        try {
            request.run();
            return List.of();
        } catch (ApiException e) {
            return e.causes().stream().map(Posting::line).toList();
        }
    }

    private static String line(Cause cause) {
        return cause.field() + ": " + cause.message();
    }

    Resource patch(ResourceType<?> type, String name, String patch) {
        return cluster.registry
                .patch(object(type, name), Patch.merge(patch), WriteOptions.defaults(), cluster.caller)
                .object()
                .object();
    }

    StoredObject get(ResourceType<?> type, String name) {
        return cluster.registry.get(object(type, name));
    }

    /** A part of an object as JSON, by its path such as {@code /spec/rules}; empty where there is none. */
    String json(Resource object, String pointer) {
        JsonNode part = codec.toTree(object).at(pointer);
        return part.isMissingNode() ? "" : codec.trees().text(part);
    }

    private static Target<?> collection(ResourceType<?> type) {
        return Target.collection(type, type.namespaced() ? "default" : "");
    }

    static Target<?> object(ResourceType<?> type, String name) {
        return Target.object(type, type.namespaced() ? "default" : "", name);
    }

    private static ResourceType<?> typeOf(Resource object) {
        return Kinds.builtIn().all().stream()
                .filter(type -> type.objectClass() == object.getClass())
                .findFirst()
                .orElseThrow();
    }
}
