package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What must hold of every object's metadata. */
public final class MetadataValidation {
    private static final int MAX_ANNOTATION_BYTES = 256 * 1024;
    private static final Path METADATA = Path.of("metadata");
    private static final Set<String> STANDARD_FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataValidation() {}

    /** @param checkName what is wrong with a name of this kind */
    public static void created(
            ResourceType<?> type,
            ObjectMeta metadata,
            Function<String, List<String>> checkName,
            Violations violations) {
        if (!metadata.generateName().isEmpty()) {
            // The generated suffix makes a trailing dash or dot legal.
            String probe = metadata.generateName().endsWith("-")
                            || metadata.generateName().endsWith(".")
                    ? metadata.generateName() + "a"
                    : metadata.generateName();
            violations.invalid(METADATA.child("generateName"), metadata.generateName(), checkName.apply(probe));
        }
        if (metadata.name().isEmpty()) {
            violations.required(METADATA.child("name"), "name or generateName is required");
        } else if (!Names.pathSegment(metadata.name()).isEmpty()) {
            violations.invalid(METADATA.child("name"), metadata.name(), Names.pathSegment(metadata.name()));
        } else {
            violations.invalid(METADATA.child("name"), metadata.name(), checkName.apply(metadata.name()));
        }
        if (type.namespaced() && !metadata.namespace().isEmpty()) {
            violations.invalid(METADATA.child("namespace"), metadata.namespace(), Names.dnsLabel(metadata.namespace()));
        }
        common(type, metadata, violations);
    }

    public static void updated(ResourceType<?> type, ObjectMeta wanted, ObjectMeta current, Violations violations) {
        common(type, wanted, violations);
        if (current.deletionTimestamp() != null) {
            List<String> added = new ArrayList<>(wanted.finalizers());
            added.removeAll(current.finalizers());
            if (!added.isEmpty()) {
                violations.forbidden(
                        METADATA.child("finalizers"),
                        "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                                + quoted(added) + "}");
            }
        }
    }

    private static void common(ResourceType<?> type, ObjectMeta metadata, Violations violations) {
        labels(metadata.labels(), METADATA.child("labels"), violations);
        annotations(metadata.annotations(), METADATA.child("annotations"), violations);
        owners(metadata.ownerReferences(), violations);
        finalizers(type, metadata.finalizers(), violations);
    }

    /** Keys and values of labels, wherever they stand. */
    public static void labels(Map<String, String> labels, Path field, Violations violations) {
        labels.forEach((key, value) -> {
            violations.invalid(field, key, Names.qualifiedName(key));
            violations.invalid(field, value, Names.labelValue(value));
        });
    }

    public static void annotations(Map<String, String> annotations, Path field, Violations violations) {
        long size = 0;
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            violations.invalid(
                    field,
                    annotation.getKey(),
                    Names.qualifiedName(annotation.getKey().toLowerCase(Locale.ROOT)));
            size += annotation.getKey().getBytes(StandardCharsets.UTF_8).length;
            size += annotation.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > MAX_ANNOTATION_BYTES) {
            violations.tooLong(field, MAX_ANNOTATION_BYTES);
        }
    }

    private static void owners(List<OwnerReference> owners, Violations violations) {
        Path field = METADATA.child("ownerReferences");
        String controller = "";
        for (int i = 0; i < owners.size(); i++) {
            OwnerReference owner = owners.get(i);
            Path at = field.index(i);
            if (owner.apiVersion().isEmpty()) {
                violations.invalid(at.child("apiVersion"), "", "version must not be empty");
            }
            if (owner.kind().isEmpty()) {
                violations.invalid(at.child("kind"), "", "must not be empty");
            }
            if (owner.name().isEmpty()) {
                violations.invalid(at.child("name"), "", "must not be empty");
            }
            if (owner.uid().isEmpty()) {
                violations.invalid(at.child("uid"), "", "must not be empty");
            }
            if (owner.kind().equals("Event") && owner.apiVersion().equals("v1")) {
                violations.invalid(at, "/v1, Kind=Event", "/v1, Kind=Event is disallowed from being an owner");
            }
            if (Boolean.TRUE.equals(owner.controller())) {
                if (!controller.isEmpty()) {
                    violations.invalid(
                            field,
                            "controller",
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + owner.kind() + "/" + owner.name());
                }
                controller = owner.kind() + "/" + owner.name();
            }
        }
    }

    /** Definitions and custom resources may have finalizers without a domain, as Kubernetes' own is. */
    private static void finalizers(ResourceType<?> type, List<String> finalizers, Violations violations) {
        boolean builtIn = type.objectClass() != Unstructured.class && !type.equals(CustomResourceDefinition.TYPE);
        Path field = METADATA.child("finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            String finalizer = finalizers.get(i);
            violations.invalid(field.index(i), finalizer, Names.qualifiedName(finalizer));
            if (builtIn && finalizer.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(finalizer)) {
                violations.invalid(
                        field.index(i),
                        finalizer,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
        Set<String> all = new HashSet<>(finalizers);
        if (all.contains("orphan") && all.contains("foregroundDeletion")) {
            violations.invalid(
                    field,
                    "[" + String.join(" ", finalizers) + "]",
                    "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private static String quoted(List<String> values) {
        return String.join(", ", values.stream().map(value -> '"' + value + '"').toList());
    }
}
