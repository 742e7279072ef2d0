package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Fields;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A {@link Container} in the making. */
public final class ContainerDraft {
    private Container container;

    ContainerDraft(String name, String image) {
        container = ContainerBuilder.builder().name(name).image(image).build();
    }

    public ContainerDraft port(int port) {
        return port("", port);
    }

    /** A port that services and probes can refer to by its name. */
    public ContainerDraft port(String name, int port) {
        return port(name, port, Protocol.TCP);
    }

    public ContainerDraft port(String name, int port, String protocol) {
        ContainerPort added = ContainerPortBuilder.builder()
                .name(name)
                .containerPort(port)
                .protocol(protocol)
                .build();
        return set(container.withPorts(Fields.append(container.ports(), added)));
    }

    public ContainerDraft command(String... command) {
        return set(container.withCommand(List.of(command)));
    }

    public ContainerDraft args(String... args) {
        return set(container.withArgs(List.of(args)));
    }

    public ContainerDraft workingDir(String directory) {
        return set(container.withWorkingDir(directory));
    }

    /** One of {@link PullPolicy}. */
    public ContainerDraft imagePullPolicy(String policy) {
        return set(container.withImagePullPolicy(policy));
    }

    public ContainerDraft env(String name, String value) {
        return env(EnvVarBuilder.builder().name(name).value(value).build());
    }

    /** A value of the pod itself, such as {@code status.podIP}. */
    public ContainerDraft envFromField(String name, String fieldPath) {
        ObjectFieldSelector field =
                ObjectFieldSelectorBuilder.builder().fieldPath(fieldPath).build();
        return env(name, EnvVarSourceBuilder.builder().fieldRef(field).build());
    }

    /** One of the container's own requests or limits, such as {@code limits.memory}. */
    public ContainerDraft envFromResource(String name, String resource) {
        ResourceFieldSelector field =
                ResourceFieldSelectorBuilder.builder().resource(resource).build();
        return env(name, EnvVarSourceBuilder.builder().resourceFieldRef(field).build());
    }

    public ContainerDraft envFromConfigMap(String name, String configMap, String key) {
        ConfigMapKeySelector selector =
                ConfigMapKeySelectorBuilder.builder().name(configMap).key(key).build();
        return env(name, EnvVarSourceBuilder.builder().configMapKeyRef(selector).build());
    }

    public ContainerDraft envFromSecret(String name, String secret, String key) {
        SecretKeySelector selector =
                SecretKeySelectorBuilder.builder().name(secret).key(key).build();
        return env(name, EnvVarSourceBuilder.builder().secretKeyRef(selector).build());
    }

    /** A variable for each key of a config map. */
    public ContainerDraft envFromConfigMap(String configMap) {
        ConfigMapEnvSource source =
                ConfigMapEnvSourceBuilder.builder().name(configMap).build();
        return envFrom(EnvFromSourceBuilder.builder().configMapRef(source).build());
    }

    /** A variable for each key of a secret. */
    public ContainerDraft envFromSecret(String secret) {
        SecretEnvSource source = SecretEnvSourceBuilder.builder().name(secret).build();
        return envFrom(EnvFromSourceBuilder.builder().secretRef(source).build());
    }

    private ContainerDraft env(String name, EnvVarSource source) {
        return env(EnvVarBuilder.builder().name(name).valueFrom(source).build());
    }

    private ContainerDraft env(EnvVar variable) {
        return set(container.withEnv(Fields.append(container.env(), variable)));
    }

    private ContainerDraft envFrom(EnvFromSource source) {
        return set(container.withEnvFrom(Fields.append(container.envFrom(), source)));
    }

    /** So much and no more: it is both reserved and the limit. */
    public ContainerDraft cpu(String quantity) {
        return request(ResourceName.CPU, quantity).limit(ResourceName.CPU, quantity);
    }

    /** So much and no more: it is both reserved and the limit. */
    public ContainerDraft memory(String quantity) {
        return request(ResourceName.MEMORY, quantity).limit(ResourceName.MEMORY, quantity);
    }

    /** Reserves an amount of one of {@link ResourceName}, or of whatever else nodes offer. */
    public ContainerDraft request(String resource, String quantity) {
        ResourceRequirements resources = container.resources();
        Map<String, Quantity> requests = Fields.put(resources.requests(), resource, Quantity.parse(quantity));
        return set(container.withResources(resources.withRequests(requests)));
    }

    public ContainerDraft limit(String resource, String quantity) {
        ResourceRequirements resources = container.resources();
        Map<String, Quantity> limits = Fields.put(resources.limits(), resource, Quantity.parse(quantity));
        return set(container.withResources(resources.withLimits(limits)));
    }

    public ContainerDraft mount(String volume, String path) {
        return mount(volume, mount -> mount.mountPath(path));
    }

    public ContainerDraft mountReadOnly(String volume, String path) {
        return mount(volume, mount -> mount.mountPath(path).readOnly(true));
    }

    public ContainerDraft mount(String volume, UnaryOperator<VolumeMountBuilder> edit) {
        VolumeMount mount =
                edit.apply(VolumeMountBuilder.builder().name(volume)).build();
        return set(container.withVolumeMounts(Fields.append(container.volumeMounts(), mount)));
    }

    /** Tells whether the container may be sent requests. */
    public ContainerDraft readinessProbe(UnaryOperator<ProbeDraft> edit) {
        return set(container.withReadinessProbe(edit.apply(new ProbeDraft()).build()));
    }

    /** Tells whether the container must be restarted. */
    public ContainerDraft livenessProbe(UnaryOperator<ProbeDraft> edit) {
        return set(container.withLivenessProbe(edit.apply(new ProbeDraft()).build()));
    }

    /** Tells when the container has started; the other probes wait for it. */
    public ContainerDraft startupProbe(UnaryOperator<ProbeDraft> edit) {
        return set(container.withStartupProbe(edit.apply(new ProbeDraft()).build()));
    }

    /** A command that runs in the container before it is stopped. */
    public ContainerDraft preStop(String... command) {
        return lifecycle(lifecycle -> lifecycle.preStop(exec(command)));
    }

    /** A command that runs in the container right after its start. */
    public ContainerDraft postStart(String... command) {
        return lifecycle(lifecycle -> lifecycle.postStart(exec(command)));
    }

    private static LifecycleHandler exec(String... command) {
        ExecAction action =
                ExecActionBuilder.builder().command(List.of(command)).build();
        return LifecycleHandlerBuilder.builder().exec(action).build();
    }

    private ContainerDraft lifecycle(UnaryOperator<LifecycleBuilder> edit) {
        Lifecycle before = Fields.orElse(container.lifecycle(), Lifecycle.EMPTY);
        return set(container.withLifecycle(
                edit.apply(LifecycleBuilder.builder(before)).build()));
    }

    public ContainerDraft securityContext(UnaryOperator<SecurityContextBuilder> edit) {
        SecurityContext before = Fields.orElse(container.securityContext(), SecurityContext.EMPTY);
        return set(container.withSecurityContext(
                edit.apply(SecurityContextBuilder.builder(before)).build()));
    }

    /** For whatever has no verb of its own here. */
    public ContainerDraft spec(UnaryOperator<ContainerBuilder> edit) {
        return set(edit.apply(ContainerBuilder.builder(container)).build());
    }

    public Container build() {
        return container;
    }

    private ContainerDraft set(Container changed) {
        container = changed;
        return this;
    }
}
