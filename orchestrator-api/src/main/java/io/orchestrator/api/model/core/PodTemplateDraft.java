package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Draft;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.schema.Fields;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What a pod and everything that makes pods have in common: containers, volumes, and where and how they run. */
public abstract class PodTemplateDraft<T extends Resource, D extends PodTemplateDraft<T, D>> extends Draft<T, D> {
    private PodSpec spec = PodSpec.EMPTY;

    protected PodTemplateDraft(String name) {
        super(name);
    }

    protected final PodSpec podSpec() {
        return spec;
    }

    public D container(String name, String image) {
        return container(name, image, draft -> draft);
    }

    public D container(String name, String image, UnaryOperator<ContainerDraft> edit) {
        Container container = edit.apply(new ContainerDraft(name, image)).build();
        spec = spec.withContainers(Fields.append(spec.containers(), container));
        return self();
    }

    /** One that must end well before the containers start. */
    public D initContainer(String name, String image, UnaryOperator<ContainerDraft> edit) {
        Container container = edit.apply(new ContainerDraft(name, image)).build();
        spec = spec.withInitContainers(Fields.append(spec.initContainers(), container));
        return self();
    }

    /** A helper that starts before the containers and runs beside them. */
    public D sidecar(String name, String image, UnaryOperator<ContainerDraft> edit) {
        return initContainer(name, image, draft -> edit.apply(draft).spec(c -> c.restartPolicy(RestartPolicy.ALWAYS)));
    }

    /** A directory that lives as long as the pod. */
    public D emptyDir(String name) {
        return volume(name, volume -> volume.emptyDir(EmptyDirVolumeSource.EMPTY));
    }

    public D hostPath(String name, String path) {
        return volume(
                name,
                volume -> volume.hostPath(
                        HostPathVolumeSourceBuilder.builder().path(path).build()));
    }

    /** A file for each key of a config map. */
    public D configMap(String name, String configMap) {
        return volume(
                name,
                volume -> volume.configMap(
                        ConfigMapVolumeSourceBuilder.builder().name(configMap).build()));
    }

    /** A file for each key of a secret. */
    public D secret(String name, String secret) {
        return volume(
                name,
                volume -> volume.secret(
                        SecretVolumeSourceBuilder.builder().secretName(secret).build()));
    }

    public D claim(String name, String persistentVolumeClaim) {
        return volume(
                name,
                volume -> volume.persistentVolumeClaim(PersistentVolumeClaimVolumeSourceBuilder.builder()
                        .claimName(persistentVolumeClaim)
                        .build()));
    }

    public D volume(String name, UnaryOperator<VolumeBuilder> edit) {
        Volume volume = edit.apply(VolumeBuilder.builder().name(name)).build();
        spec = spec.withVolumes(Fields.append(spec.volumes(), volume));
        return self();
    }

    /** Only nodes with this label will do. */
    public D nodeSelector(String key, String value) {
        spec = spec.withNodeSelector(Fields.put(spec.nodeSelector(), key, value));
        return self();
    }

    /** Puts up with the taint of that key, whatever its value and effect. */
    public D tolerates(String taintKey) {
        Toleration toleration = TolerationBuilder.builder()
                .key(taintKey)
                .operator(TolerationOperator.EXISTS)
                .build();
        spec = spec.withTolerations(Fields.append(spec.tolerations(), toleration));
        return self();
    }

    public D gracePeriod(Duration gracePeriod) {
        spec = spec.withTerminationGracePeriodSeconds(gracePeriod.toSeconds());
        return self();
    }

    /** One of {@link RestartPolicy}. */
    public D restartPolicy(String policy) {
        spec = spec.withRestartPolicy(policy);
        return self();
    }

    public D serviceAccount(String name) {
        spec = spec.withServiceAccountName(name);
        return self();
    }

    public D priorityClass(String name) {
        spec = spec.withPriorityClassName(name);
        return self();
    }

    public D imagePullSecret(String secret) {
        LocalObjectReference reference =
                LocalObjectReferenceBuilder.builder().name(secret).build();
        spec = spec.withImagePullSecrets(Fields.append(spec.imagePullSecrets(), reference));
        return self();
    }

    /** For whatever has no verb of its own here. */
    public D podSpec(UnaryOperator<PodSpecBuilder> edit) {
        spec = edit.apply(PodSpecBuilder.builder(spec)).build();
        return self();
    }
}
