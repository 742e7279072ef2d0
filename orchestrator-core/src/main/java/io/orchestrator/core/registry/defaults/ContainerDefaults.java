package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerBuilder;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.ContainerPortBuilder;
import io.orchestrator.api.model.core.EnvVar;
import io.orchestrator.api.model.core.EnvVarBuilder;
import io.orchestrator.api.model.core.EnvVarSource;
import io.orchestrator.api.model.core.EnvVarSourceBuilder;
import io.orchestrator.api.model.core.EphemeralContainer;
import io.orchestrator.api.model.core.EphemeralContainerBuilder;
import io.orchestrator.api.model.core.GRPCAction;
import io.orchestrator.api.model.core.GRPCActionBuilder;
import io.orchestrator.api.model.core.HTTPGetAction;
import io.orchestrator.api.model.core.HTTPGetActionBuilder;
import io.orchestrator.api.model.core.Lifecycle;
import io.orchestrator.api.model.core.LifecycleBuilder;
import io.orchestrator.api.model.core.LifecycleHandler;
import io.orchestrator.api.model.core.LifecycleHandlerBuilder;
import io.orchestrator.api.model.core.ObjectFieldSelector;
import io.orchestrator.api.model.core.ObjectFieldSelectorBuilder;
import io.orchestrator.api.model.core.Probe;
import io.orchestrator.api.model.core.ProbeBuilder;
import io.orchestrator.api.model.core.PullPolicy;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.api.model.core.ResourceRequirementsBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Kubernetes fills in for a container. */
final class ContainerDefaults {
    private ContainerDefaults() {}

    /** @param hostNetwork ports of a pod on the host's network are host ports */
    static Container of(Container container, boolean hostNetwork) {
        return ContainerBuilder.builder(container)
                .imagePullPolicy(pullPolicy(container.imagePullPolicy(), container.image()))
                .terminationMessagePath(or(container.terminationMessagePath(), "/dev/termination-log"))
                .terminationMessagePolicy(or(container.terminationMessagePolicy(), "File"))
                .ports(Each.of(container.ports(), port -> port(port, hostNetwork)))
                .env(Each.of(container.env(), ContainerDefaults::variable))
                .livenessProbe(probe(container.livenessProbe()))
                .readinessProbe(probe(container.readinessProbe()))
                .startupProbe(probe(container.startupProbe()))
                .lifecycle(lifecycle(container.lifecycle()))
                .build();
    }

    static EphemeralContainer of(EphemeralContainer container) {
        return EphemeralContainerBuilder.builder(container)
                .imagePullPolicy(pullPolicy(container.imagePullPolicy(), container.image()))
                .terminationMessagePath(or(container.terminationMessagePath(), "/dev/termination-log"))
                .terminationMessagePolicy(or(container.terminationMessagePolicy(), "File"))
                .env(Each.of(container.env(), ContainerDefaults::variable))
                .build();
    }

    /** Requests that are not given are the limits: pods only, not templates. */
    static Container withRequests(Container container) {
        ResourceRequirements resources = container.resources();
        if (resources.limits().isEmpty()) {
            return container;
        }
        Map<String, Quantity> requests = new LinkedHashMap<>(resources.requests());
        resources.limits().forEach(requests::putIfAbsent);
        return ContainerBuilder.builder(container)
                .resources(ResourceRequirementsBuilder.builder(resources)
                        .requests(requests)
                        .build())
                .build();
    }

    static ObjectFieldSelector fieldRef(ObjectFieldSelector reference) {
        return ObjectFieldSelectorBuilder.builder(reference)
                .apiVersion(or(reference.apiVersion(), "v1"))
                .build();
    }

    private static String pullPolicy(String given, String image) {
        if (!given.isEmpty()) {
            return given;
        }
        return tag(image).equals("latest") ? PullPolicy.ALWAYS : PullPolicy.IF_NOT_PRESENT;
    }

    /** {@code latest} when the image names neither a tag nor a digest. */
    private static String tag(String image) {
        int digest = image.indexOf('@');
        String name = digest < 0 ? image : image.substring(0, digest);
        int colon = name.lastIndexOf(':');
        if (colon > name.lastIndexOf('/')) {
            return name.substring(colon + 1);
        }
        return digest < 0 ? "latest" : "";
    }

    private static ContainerPort port(ContainerPort port, boolean hostNetwork) {
        return ContainerPortBuilder.builder(port)
                .protocol(or(port.protocol(), "TCP"))
                .hostPort(hostNetwork && port.hostPort() == 0 ? port.containerPort() : port.hostPort())
                .build();
    }

    private static EnvVar variable(EnvVar variable) {
        EnvVarSource source = variable.valueFrom();
        if (source == null || source.fieldRef() == null) {
            return variable;
        }
        return EnvVarBuilder.builder(variable)
                .valueFrom(EnvVarSourceBuilder.builder(source)
                        .fieldRef(fieldRef(source.fieldRef()))
                        .build())
                .build();
    }

    private static @Nullable Probe probe(@Nullable Probe probe) {
        if (probe == null) {
            return null;
        }
        return ProbeBuilder.builder(probe)
                .timeoutSeconds(or(probe.timeoutSeconds(), 1))
                .periodSeconds(or(probe.periodSeconds(), 10))
                .successThreshold(or(probe.successThreshold(), 1))
                .failureThreshold(or(probe.failureThreshold(), 3))
                .httpGet(httpGet(probe.httpGet()))
                .grpc(grpc(probe.grpc()))
                .build();
    }

    private static @Nullable Lifecycle lifecycle(@Nullable Lifecycle lifecycle) {
        if (lifecycle == null) {
            return null;
        }
        return LifecycleBuilder.builder(lifecycle)
                .postStart(handler(lifecycle.postStart()))
                .preStop(handler(lifecycle.preStop()))
                .build();
    }

    private static @Nullable LifecycleHandler handler(@Nullable LifecycleHandler handler) {
        if (handler == null) {
            return null;
        }
        return LifecycleHandlerBuilder.builder(handler)
                .httpGet(httpGet(handler.httpGet()))
                .build();
    }

    private static @Nullable HTTPGetAction httpGet(@Nullable HTTPGetAction action) {
        if (action == null) {
            return null;
        }
        return HTTPGetActionBuilder.builder(action)
                .path(or(action.path(), "/"))
                .scheme(or(action.scheme(), "HTTP"))
                .build();
    }

    private static @Nullable GRPCAction grpc(@Nullable GRPCAction action) {
        if (action == null || action.service() != null) {
            return action;
        }
        return GRPCActionBuilder.builder(action).service("").build();
    }

    static String or(String given, String otherwise) {
        return given.isEmpty() ? otherwise : given;
    }

    static int or(int given, int otherwise) {
        return given == 0 ? otherwise : given;
    }

    static boolean unset(IntOrString value) {
        return value.isText() ? value.text().isEmpty() : value.isZero();
    }
}
