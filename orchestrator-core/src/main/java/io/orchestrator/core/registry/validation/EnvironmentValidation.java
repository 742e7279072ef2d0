package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.ConfigMapKeySelector;
import io.orchestrator.api.model.core.EnvFromSource;
import io.orchestrator.api.model.core.EnvVar;
import io.orchestrator.api.model.core.EnvVarSource;
import io.orchestrator.api.model.core.ObjectFieldSelector;
import io.orchestrator.api.model.core.ResourceFieldSelector;
import io.orchestrator.api.model.core.SecretKeySelector;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold of environment variables and where they come from. */
final class EnvironmentValidation {
    private static final Set<String> POD_FIELDS = new TreeSet<>(List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs"));
    private static final Pattern SUBSCRIPTED = Pattern.compile("metadata\\.(labels|annotations)\\['[^']+']");

    private EnvironmentValidation() {}

    static void variables(List<EnvVar> variables, Path field, Violations violations) {
        for (int i = 0; i < variables.size(); i++) {
            EnvVar variable = variables.get(i);
            Path at = field.index(i);
            if (variable.name().isEmpty()) {
                violations.required(at.child("name"));
            } else {
                violations.invalid(at.child("name"), variable.name(), Names.environmentVariable(variable.name()));
            }
            EnvVarSource source = variable.valueFrom();
            if (source != null) {
                source(source, variable.value(), at.child("valueFrom"), violations);
            }
        }
    }

    private static void source(EnvVarSource source, String value, Path field, Violations violations) {
        long given = Stream.of(
                        source.fieldRef(), source.resourceFieldRef(), source.configMapKeyRef(), source.secretKeyRef())
                .filter(Objects::nonNull)
                .count();
        if (given == 0) {
            violations.invalid(
                    field,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        } else if (!value.isEmpty()) {
            violations.invalid(field, "", "may not be specified when `value` is not empty");
        } else if (given > 1) {
            violations.invalid(field, "", "may not have more than one field specified at a time");
        }
        ObjectFieldSelector own = source.fieldRef();
        if (own != null) {
            fieldRef(own, field.child("fieldRef"), violations);
        }
        ResourceFieldSelector resource = source.resourceFieldRef();
        if (resource != null && resource.resource().isEmpty()) {
            violations.required(field.child("resourceFieldRef").child("resource"));
        }
        ConfigMapKeySelector map = source.configMapKeyRef();
        if (map != null) {
            key(map.key(), field.child("configMapKeyRef").child("key"), violations);
        }
        SecretKeySelector secret = source.secretKeyRef();
        if (secret != null) {
            key(secret.key(), field.child("secretKeyRef").child("key"), violations);
        }
    }

    private static void fieldRef(ObjectFieldSelector reference, Path field, Violations violations) {
        String path = reference.fieldPath();
        if (path.isEmpty()) {
            violations.required(field.child("fieldPath"));
        } else if (!POD_FIELDS.contains(path) && !SUBSCRIPTED.matcher(path).matches()) {
            violations.notSupported(field.child("fieldPath"), path, POD_FIELDS);
        }
    }

    private static void key(String key, Path field, Violations violations) {
        if (key.isEmpty()) {
            violations.required(field);
        } else {
            violations.invalid(field, key, Names.configKey(key));
        }
    }

    static void sources(List<EnvFromSource> sources, Path field, Violations violations) {
        for (int i = 0; i < sources.size(); i++) {
            EnvFromSource source = sources.get(i);
            Path at = field.index(i);
            if (!source.prefix().isEmpty()) {
                violations.invalid(at.child("prefix"), source.prefix(), Names.environmentVariable(source.prefix()));
            }
            boolean map = source.configMapRef() != null;
            boolean secret = source.secretRef() != null;
            if (!map && !secret) {
                violations.invalid(at, "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (map && secret) {
                violations.invalid(at, "", "may not have more than one field specified at a time");
            }
        }
    }
}
