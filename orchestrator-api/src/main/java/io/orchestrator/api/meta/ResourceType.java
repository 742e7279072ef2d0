package io.orchestrator.api.meta;

import io.orchestrator.api.schema.ResourceKind;
import java.util.List;
import java.util.Locale;

/**
 * A kind together with the record that holds it and the path that serves it.
 *
 * @param group empty for the core group
 * @param plural the name in paths
 */
public record ResourceType<T extends Resource>(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories,
        Class<T> objectClass) {

    public ResourceType {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    /**
     * Reads {@link ResourceKind} from the record.
     *
     * @throws IllegalArgumentException if the class has no such annotation
     */
    public static <T extends Resource> ResourceType<T> of(Class<T> objectClass) {
        ResourceKind kind = objectClass.getAnnotation(ResourceKind.class);
        if (objectClass == Unstructured.class) {
            throw new IllegalArgumentException("an Unstructured can be of any kind: say resources(type) first");
        }
        if (kind == null) {
            throw new IllegalArgumentException(objectClass.getName() + " is not annotated with @ResourceKind");
        }
        return new ResourceType<>(
                kind.group(),
                kind.version(),
                kind.kind(),
                kind.plural(),
                kind.singular().isEmpty() ? kind.kind().toLowerCase(Locale.ROOT) : kind.singular(),
                kind.namespaced(),
                List.of(kind.shortNames()),
                List.of(kind.categories()),
                objectClass);
    }

    /** A kind that has no record, such as a custom resource that others defined. */
    public static ResourceType<Unstructured> unstructured(
            String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceType<>(
                group,
                version,
                kind,
                plural,
                kind.toLowerCase(Locale.ROOT),
                namespaced,
                List.of(),
                List.of(),
                Unstructured.class);
    }

    /** {@code v1} or {@code apps/v1}. */
    public String apiVersion() {
        return groupVersionKind().apiVersion();
    }

    public GroupVersionKind groupVersionKind() {
        return new GroupVersionKind(group, version, kind);
    }

    public GroupResource groupResource() {
        return new GroupResource(group, plural);
    }

    /** The kind of a list of these. */
    public String listKind() {
        return kind + "List";
    }

    @Override
    public String toString() {
        return groupResource().toString();
    }
}
