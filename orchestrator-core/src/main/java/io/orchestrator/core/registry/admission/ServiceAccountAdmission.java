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
import io.orchestrator.api.schema.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    /** Of the account that the last pod had. A benign race: it is made again. */
    private volatile @Nullable Token last;

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
        if (mountsTokens && isMounted(spec, account)) {
            mount(builder, spec, request.namespace() + "/" + name);
        }
        return pod.withSpec(builder.build());
    }

    private static boolean isMounted(PodSpec spec, Optional<ServiceAccount> account) {
        if (spec.automountServiceAccountToken() != null) {
            return spec.automountServiceAccountToken();
        }
        return account.map(ServiceAccount::automountServiceAccountToken).orElse(true);
    }

    private void mount(PodSpecBuilder builder, PodSpec spec, String account) {
        Token token = token(account, spec.volumes());
        List<Container> containers = withMount(spec.containers(), token.mount());
        List<Container> initContainers = withMount(spec.initContainers(), token.mount());
        if (containers == spec.containers() && initContainers == spec.initContainers()) {
            return;
        }
        builder.containers(containers).initContainers(initContainers);
        for (Volume volume : spec.volumes()) {
            if (volume.name().equals(token.volume().name())) {
                return;
            }
        }
        builder.volumes(Fields.append(spec.volumes(), token.volume()));
    }

    /** That of the pod, where it brings one along; else that of its account, which all its pods share. */
    private Token token(String account, List<Volume> volumes) {
        for (Volume volume : volumes) {
            if (volume.name().startsWith(VOLUME_PREFIX)) {
                return Token.in(account, volume.name());
            }
        }
        Token known = last;
        if (known == null || !known.account().equals(account)) {
            known = Token.in(account, VOLUME_PREFIX + suffix(account));
            last = known;
        }
        return known;
    }

    /** How an account's token comes into its pods. */
    private record Token(String account, Volume volume, VolumeMount mount) {
        static Token in(String account, String name) {
            return new Token(
                    account,
                    ServiceAccountAdmission.volume(name),
                    VolumeMountBuilder.builder()
                            .name(name)
                            .readOnly(true)
                            .mountPath(MOUNT_PATH)
                            .build());
        }
    }

    /** The list itself where every container has its own. */
    private static List<Container> withMount(List<Container> containers, VolumeMount mount) {
        List<Container> mounted = new ArrayList<>(containers.size());
        boolean changed = false;
        for (Container container : containers) {
            boolean own = hasOwn(container);
            changed |= !own;
            mounted.add(
                    own
                            ? container
                            : ContainerBuilder.builder(container)
                                    .volumeMounts(Fields.append(container.volumeMounts(), mount))
                                    .build());
        }
        return changed ? mounted : containers;
    }

    private static boolean hasOwn(Container container) {
        for (VolumeMount known : container.volumeMounts()) {
            if (known.mountPath().equals(MOUNT_PATH)) {
                return true;
            }
        }
        return false;
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
