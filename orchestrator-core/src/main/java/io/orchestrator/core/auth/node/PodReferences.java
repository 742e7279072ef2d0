package io.orchestrator.core.auth.node;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.EnvFromSource;
import io.orchestrator.api.model.core.EnvVar;
import io.orchestrator.api.model.core.LocalObjectReference;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeProjection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The objects of its namespace that a pod refers to. Pure functions. */
final class PodReferences {
    private PodReferences() {}

    static Set<String> accounts(Pod pod) {
        return Set.of(pod.spec().serviceAccountName());
    }

    static Set<String> secrets(Pod pod) {
        Set<String> names = new HashSet<>();
        pod.spec().imagePullSecrets().stream().map(LocalObjectReference::name).forEach(names::add);
        for (Container container : containers(pod)) {
            for (EnvFromSource source : container.envFrom()) {
                if (source.secretRef() != null) {
                    names.add(source.secretRef().name());
                }
            }
            for (EnvVar variable : container.env()) {
                if (variable.valueFrom() != null && variable.valueFrom().secretKeyRef() != null) {
                    names.add(variable.valueFrom().secretKeyRef().name());
                }
            }
        }
        for (Volume volume : pod.spec().volumes()) {
            if (volume.secret() != null) {
                names.add(volume.secret().secretName());
            }
            for (VolumeProjection projection : projections(volume)) {
                if (projection.secret() != null) {
                    names.add(projection.secret().name());
                }
            }
        }
        return names;
    }

    static Set<String> configMaps(Pod pod) {
        Set<String> names = new HashSet<>();
        for (Container container : containers(pod)) {
            for (EnvFromSource source : container.envFrom()) {
                if (source.configMapRef() != null) {
                    names.add(source.configMapRef().name());
                }
            }
            for (EnvVar variable : container.env()) {
                if (variable.valueFrom() != null && variable.valueFrom().configMapKeyRef() != null) {
                    names.add(variable.valueFrom().configMapKeyRef().name());
                }
            }
        }
        for (Volume volume : pod.spec().volumes()) {
            if (volume.configMap() != null) {
                names.add(volume.configMap().name());
            }
            for (VolumeProjection projection : projections(volume)) {
                if (projection.configMap() != null) {
                    names.add(projection.configMap().name());
                }
            }
        }
        return names;
    }

    static Set<String> claims(Pod pod) {
        Set<String> names = new HashSet<>();
        for (Volume volume : pod.spec().volumes()) {
            if (volume.persistentVolumeClaim() != null) {
                names.add(volume.persistentVolumeClaim().claimName());
            }
            if (volume.ephemeral() != null) {
                names.add(pod.metadata().name() + "-" + volume.name());
            }
        }
        return names;
    }

    private static List<VolumeProjection> projections(Volume volume) {
        return volume.projected() == null ? List.of() : volume.projected().sources();
    }

    private static List<Container> containers(Pod pod) {
        return Stream.concat(pod.spec().initContainers().stream(), pod.spec().containers().stream())
                .toList();
    }
}
