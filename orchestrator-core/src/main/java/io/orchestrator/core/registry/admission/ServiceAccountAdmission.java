package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.ConfigMapProjection;
import io.orchestrator.api.model.core.ConfigMapProjectionBuilder;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.DownwardAPIProjection;
import io.orchestrator.api.model.core.DownwardAPIVolumeFileBuilder;
import io.orchestrator.api.model.core.KeyToPathBuilder;
import io.orchestrator.api.model.core.ObjectFieldSelector;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.core.ProjectedVolumeSourceBuilder;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.core.ServiceAccountTokenProjectionBuilder;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.api.model.core.VolumeMount;
import io.orchestrator.api.model.core.VolumeMountBuilder;
import io.orchestrator.api.model.core.VolumeProjectionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pods run as a service account, {@code default} where they name none: it must be there, it lends its image pull secrets, and
 * its token is mounted where programs look for it. The account {@code default} itself may be missing: it is made for every
 * namespace, and a pod that is faster than that is not refused for it.
 */
public final class ServiceAccountAdmission implements Admission {
    private static final String DEFAULT = "default";
    private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String VOLUME_PREFIX = "kube-api-access-";
    /** An hour and a bit: by it a token is known that was asked for here, and not by the pod's own manifest. */
    private static final long TOKEN_SECONDS = 3607;

    private static final int SUFFIX = 5;
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    /** The pod of another agent's manifest is none of ours. */
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final boolean mountsTokens;

    /** @param mountsTokens whether there is somebody who issues tokens */
    public ServiceAccountAdmission(boolean mountsTokens) {
        this.mountsTokens = mountsTokens;
    }

    @Override
    @SuppressWarnings("unchecked") // T is Pod where the object is one
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        boolean created = request.operation() == Operation.CREATE && request.isOfObject();
        return created
                        && object instanceof Pod pod
                        && !pod.metadata().annotations().containsKey(MIRROR)
                ? (T) complete(request, pod, lookup)
                : object;
    }

    private Pod complete(Request<?> request, Pod pod, Lookup lookup) {
        PodSpec spec = pod.spec();
        String name = spec.serviceAccountName().isEmpty() ? DEFAULT : spec.serviceAccountName();
        Optional<ServiceAccount> account = lookup.known(ServiceAccount.TYPE, request.namespace(), name);
        if (account.isEmpty() && !name.equals(DEFAULT)) {
            throw request.denied("error looking up service account " + request.namespace() + "/" + name
                    + ": serviceaccount \"" + name + "\" not found");
        }
        PodSpecBuilder builder =
                PodSpecBuilder.builder(spec).serviceAccountName(name).serviceAccount(name);
        if (spec.imagePullSecrets().isEmpty()) {
            account.ifPresent(found -> builder.imagePullSecrets(found.imagePullSecrets()));
        }
        PodSpec named = builder.build();
        return pod.withSpec(mountsTokens && isMounted(spec, account) ? mounted(named, request.namespace()) : named);
    }

    private static boolean isMounted(PodSpec spec, Optional<ServiceAccount> account) {
        if (spec.automountServiceAccountToken() != null) {
            return spec.automountServiceAccountToken();
        }
        return account.map(ServiceAccount::automountServiceAccountToken).orElse(true);
    }

    private static PodSpec mounted(PodSpec spec, String namespace) {
        String name = spec.volumes().stream()
                .map(Volume::name)
                .filter(known -> known.startsWith(VOLUME_PREFIX))
                .findFirst()
                .orElse(VOLUME_PREFIX + suffix(namespace + "/" + spec.serviceAccountName()));
        VolumeMount mount = VolumeMountBuilder.builder()
                .name(name)
                .readOnly(true)
                .mountPath(MOUNT_PATH)
                .build();
        List<Container> containers = withMount(spec.containers(), mount);
        List<Container> initContainers = withMount(spec.initContainers(), mount);
        if (containers.equals(spec.containers()) && initContainers.equals(spec.initContainers())) {
            return spec;
        }
        List<Volume> volumes = new ArrayList<>(spec.volumes());
        if (volumes.stream().noneMatch(volume -> volume.name().equals(name))) {
            volumes.add(volume(name));
        }
        return PodSpecBuilder.builder(spec)
                .volumes(volumes)
                .containers(containers)
                .initContainers(initContainers)
                .build();
    }

    private static List<Container> withMount(List<Container> containers, VolumeMount mount) {
        return containers.stream()
                .map(container -> {
                    boolean own = container.volumeMounts().stream()
                            .anyMatch(known -> known.mountPath().equals(MOUNT_PATH));
                    if (own) {
                        return container;
                    }
                    List<VolumeMount> mounts = new ArrayList<>(container.volumeMounts());
                    mounts.add(mount);
                    return ContainerBuilder.builder(container)
                            .volumeMounts(mounts)
                            .build();
                })
                .toList();
    }

    private static Volume volume(String name) {
        ConfigMapProjection authority = ConfigMapProjectionBuilder.builder()
                .name("kube-root-ca.crt")
                .items(List.of(
                        KeyToPathBuilder.builder().key("ca.crt").path("ca.crt").build()))
                .build();
        DownwardAPIProjection namespace = new DownwardAPIProjection(List.of(DownwardAPIVolumeFileBuilder.builder()
                .path("namespace")
                .fieldRef(new ObjectFieldSelector("v1", "metadata.namespace"))
                .build()));
        return VolumeBuilder.builder()
                .name(name)
                .projected(ProjectedVolumeSourceBuilder.builder()
                        .defaultMode(0644)
                        .sources(List.of(
                                VolumeProjectionBuilder.builder()
                                        .serviceAccountToken(ServiceAccountTokenProjectionBuilder.builder()
                                                .expirationSeconds(TOKEN_SECONDS)
                                                .path("token")
                                                .build())
                                        .build(),
                                VolumeProjectionBuilder.builder()
                                        .configMap(authority)
                                        .build(),
                                VolumeProjectionBuilder.builder()
                                        .downwardAPI(namespace)
                                        .build()))
                        .build())
                .build();
    }

    /** The same for all pods of an account, so that a step that runs twice says the same. */
    private static String suffix(String text) {
        long hash = Integer.toUnsignedLong(text.hashCode());
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < SUFFIX; i++) {
            suffix.append(LETTERS.charAt((int) (hash % LETTERS.length())));
            hash /= LETTERS.length();
        }
        return suffix.toString();
    }
}
