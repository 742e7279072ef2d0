package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.EnvFromSource;
import io.orchestrator.api.model.core.EnvVar;
import io.orchestrator.api.model.core.EnvVarSource;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The variables of a container, everything looked up: services first, then envFrom, then env, each overriding what came
 * before. Blocks on the API.
 */
final class EnvResolver {
    private final References references;
    private final Supplier<List<Service>> services;

    EnvResolver(References references, Supplier<List<Service>> services) {
        this.references = references;
        this.services = services;
    }

    /** @throws ConfigFailure when something that it refers to is not there */
    Map<String, String> resolve(Container container, DownwardApi self) {
        Pod pod = self.pod();
        boolean links = !Boolean.FALSE.equals(pod.spec().enableServiceLinks());
        Map<String, String> variables = new LinkedHashMap<>();
        for (EnvFromSource source : container.envFrom()) {
            addAll(variables, source, pod);
        }
        Map<String, String> linked =
                ServiceVariables.of(services.get(), pod.metadata().namespace(), links);
        for (EnvVar variable : container.env()) {
            Map<String, String> known = new LinkedHashMap<>(linked);
            known.putAll(variables);
            valueOf(variable, container, self, known).ifPresent(value -> {
                variables.remove(variable.name());
                variables.put(variable.name(), value);
            });
        }
        linked.forEach(variables::putIfAbsent);
        return variables;
    }

    private void addAll(Map<String, String> variables, EnvFromSource source, Pod pod) {
        if (source.configMapRef() != null) {
            references
                    .configMap(
                            pod,
                            source.configMapRef().name(),
                            source.configMapRef().optional())
                    .ifPresent(map -> map.data().forEach((key, value) -> variables.put(source.prefix() + key, value)));
        }
        if (source.secretRef() != null) {
            references
                    .secret(pod, source.secretRef().name(), source.secretRef().optional())
                    .ifPresent(secret -> secret.data()
                            .forEach((key, value) -> variables.put(source.prefix() + key, value.asUtf8())));
        }
    }

    private Optional<String> valueOf(
            EnvVar variable, Container container, DownwardApi self, Map<String, String> known) {
        EnvVarSource from = variable.valueFrom();
        if (from == null) {
            return Optional.of(Expansion.of(variable.value(), known));
        }
        if (from.fieldRef() != null) {
            return Optional.of(self.field(from.fieldRef().fieldPath()));
        }
        if (from.resourceFieldRef() != null) {
            return Optional.of(self.resource(from.resourceFieldRef(), container));
        }
        if (from.configMapKeyRef() != null) {
            var ref = from.configMapKeyRef();
            Optional<ConfigMap> map = references.configMap(self.pod(), ref.name(), ref.optional());
            return key(
                    map.map(found -> found.data().get(ref.key())),
                    ref.key(),
                    "ConfigMap",
                    self.pod(),
                    ref.name(),
                    ref.optional());
        }
        if (from.secretKeyRef() != null) {
            var ref = from.secretKeyRef();
            Optional<Secret> secret = references.secret(self.pod(), ref.name(), ref.optional());
            return key(
                    secret.map(found -> found.data().get(ref.key())).map(Bytes::asUtf8),
                    ref.key(),
                    "Secret",
                    self.pod(),
                    ref.name(),
                    ref.optional());
        }
        return Optional.of("");
    }

    private static Optional<String> key(
            Optional<String> value,
            String key,
            String kind,
            Pod pod,
            String name,
            @org.jspecify.annotations.Nullable Boolean optional) {
        if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new ConfigFailure("couldn't find key " + key + " in " + kind + " "
                    + pod.metadata().namespace() + "/" + name);
        }
        return value;
    }
}
