package io.orchestrator.core.control.scale;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.autoscaling.ScaleSpec;
import io.orchestrator.core.control.pods.Ownership;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The kinds that have a {@code scale}: it can be read and changed without knowledge of the kind. */
public final class ScaleTargets {
    private static final int MAX_DEPTH = 2;

    private final Supplier<List<ResourceType<?>>> scalable;

    /** @param scalable the kinds, asked anew each time, as kinds may come and go */
    public ScaleTargets(Supplier<List<ResourceType<?>>> scalable) {
        this.scalable = scalable;
    }

    /** The kind of that name in that group, in whichever version; empty when none such has a scale. */
    public Optional<ResourceType<?>> type(String apiVersion, String kind) {
        String group = group(apiVersion);
        return scalable.get().stream()
                .filter(type -> type.kind().equals(kind) && type.group().equals(group))
                .findFirst();
    }

    /** The scale of an object. Empty when there is no such object. */
    public Optional<Scale> find(ResourceType<?> type, String namespace, String name, Client client) {
        try {
            return Optional.of(
                    client.resources(type).inNamespace(namespace).getSubresource(name, "scale", Scale.class));
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Changes how many pods the object wants, unless it was changed since the scale was read. */
    public Scale update(ResourceType<?> type, Scale scale, int replicas, Client client) {
        ObjectMeta metadata = scale.metadata();
        return client.resources(type)
                .inNamespace(metadata.namespace())
                .updateSubresource(
                        metadata.name(), "scale", new Scale(metadata, new ScaleSpec(replicas), scale.status()));
    }

    /**
     * How many pods the controller of a pod wants: where that is controlled itself by something with a scale, as a replica set is by a deployment,
     * how many that one wants.
     */
    public Optional<Integer> wanted(String namespace, OwnerReference controller, Context context) {
        return wanted(namespace, controller, context, MAX_DEPTH);
    }

    private Optional<Integer> wanted(String namespace, OwnerReference controller, Context context, int depth) {
        ResourceType<?> type = type(controller.apiVersion(), controller.kind()).orElse(null);
        if (type == null) {
            return Optional.empty();
        }
        if (type.equals(ReplicaSet.TYPE) && depth > 0) {
            ReplicaSet set = context.client()
                    .resources(ReplicaSet.TYPE)
                    .inNamespace(namespace)
                    .find(controller.name())
                    .filter(found -> found.metadata().uid().equals(controller.uid()))
                    .orElse(null);
            OwnerReference owner =
                    set == null ? null : Ownership.controllerOf(set).orElse(null);
            if (owner != null) {
                return wanted(namespace, owner, context, depth - 1);
            }
        }
        return find(type, namespace, controller.name(), context.client())
                .filter(scale -> scale.metadata().uid().equals(controller.uid()))
                .map(scale -> scale.spec().replicas());
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
