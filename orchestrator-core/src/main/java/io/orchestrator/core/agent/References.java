package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.authentication.BoundObjectReference;
import io.orchestrator.api.model.authentication.TokenRequest;
import io.orchestrator.api.model.authentication.TokenRequestBuilder;
import io.orchestrator.api.model.authentication.TokenRequestSpecBuilder;
import io.orchestrator.api.model.authentication.TokenRequestStatus;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.api.model.node.RuntimeClass;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a pod refers to, fresh from the API. Blocks. */
final class References {
    private static final long TOKEN_SECONDS = 3607;

    private final Client client;

    References(Client client) {
        this.client = client;
    }

    /** @throws ConfigFailure when it is not there and not optional */
    Optional<ConfigMap> configMap(Pod pod, String name, @Nullable Boolean optional) {
        Optional<ConfigMap> found =
                client.configMaps().inNamespace(pod.metadata().namespace()).find(name);
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new ConfigFailure("configmap \"" + name + "\" not found");
        }
        return found;
    }

    /** @throws ConfigFailure when it is not there and not optional */
    Optional<Secret> secret(Pod pod, String name, @Nullable Boolean optional) {
        Optional<Secret> found =
                client.secrets().inNamespace(pod.metadata().namespace()).find(name);
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new ConfigFailure("secret \"" + name + "\" not found");
        }
        return found;
    }

    /** @throws ConfigFailure when the class is not there */
    String runtimeHandler(String className) {
        return client.resources(RuntimeClass.TYPE)
                .find(className)
                .map(RuntimeClass::handler)
                .orElseThrow(() -> new ConfigFailure("runtimeclass.node.k8s.io \"" + className + "\" not found"));
    }

    Optional<PersistentVolumeClaim> claim(Pod pod, String name) {
        return client.resources(PersistentVolumeClaim.TYPE)
                .inNamespace(pod.metadata().namespace())
                .find(name);
    }

    Optional<PersistentVolume> volume(String name) {
        return client.resources(PersistentVolume.TYPE).find(name);
    }

    /** A new token of the pod's service account, bound to the pod. */
    TokenRequestStatus token(Pod pod, String audience, @Nullable Long seconds) {
        String account = pod.spec().serviceAccountName().isEmpty()
                ? "default"
                : pod.spec().serviceAccountName();
        TokenRequest request = TokenRequestBuilder.builder()
                .metadata(ObjectMeta.named(pod.metadata().namespace(), account))
                .spec(TokenRequestSpecBuilder.builder()
                        .audiences(audience.isEmpty() ? List.of() : List.of(audience))
                        .expirationSeconds(seconds == null ? TOKEN_SECONDS : seconds)
                        .boundObjectRef(new BoundObjectReference(
                                "Pod",
                                "v1",
                                pod.metadata().name(),
                                pod.metadata().uid()))
                        .build())
                .build();
        try {
            return client.resources(ServiceAccount.TYPE)
                    .inNamespace(pod.metadata().namespace())
                    .createSubresource(account, "token", request)
                    .status();
        } catch (ApiException e) {
            throw new ConfigFailure("failed to fetch token: " + e.getMessage());
        }
    }
}
