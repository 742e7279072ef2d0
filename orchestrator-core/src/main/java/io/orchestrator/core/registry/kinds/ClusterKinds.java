package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceBuilder;
import io.orchestrator.api.model.core.NamespacePhase;
import io.orchestrator.api.model.core.NamespaceSpec;
import io.orchestrator.api.model.core.NamespaceSpecBuilder;
import io.orchestrator.api.model.core.NamespaceStatus;
import io.orchestrator.api.model.core.NamespaceStatusBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.Subresource;
import io.orchestrator.core.registry.defaults.SmallDefaults;
import io.orchestrator.core.registry.validation.ClusterValidation;
import io.orchestrator.core.registry.validation.ConfigValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Namespaces, nodes, and the small kinds that hold data. */
final class ClusterKinds {
    private static final String FINALIZER = "kubernetes";
    private static final List<String> SYSTEM_NAMESPACES =
            List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private ClusterKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(namespace(), node(), configMap(), secret(), ServiceAccounts.plain(), event(), lease());
    }

    /** A namespace outlives the request to delete it until the namespace controller has emptied it. */
    private static ResourceStrategy<Namespace> namespace() {
        return ResourceStrategy.of(Namespace.TYPE)
                .names(Names::dnsLabel)
                .deletedSingly()
                .presets(SYSTEM_NAMESPACES.stream()
                        .map(name -> Namespace.named(name).build())
                        .toList())
                .defaults(SmallDefaults::of)
                .prepareCreate(ClusterKinds::fresh)
                .prepareUpdate((wanted, current) -> wanted.withSpec(current.spec()))
                .status((namespace, source) -> namespace.withStatus(source.status()))
                .field("status.phase", namespace -> namespace.status().phase())
                .finalizedWhen(namespace -> namespace.spec().finalizers().isEmpty())
                .markDeleting(namespace -> NamespaceBuilder.builder(namespace)
                        .status(NamespaceStatusBuilder.builder(namespace.status())
                                .phase(NamespacePhase.TERMINATING)
                                .build())
                        .build())
                .subresource(new Subresource.View<Namespace, Namespace>(
                        "finalize",
                        Namespace.TYPE,
                        Set.of("update"),
                        Function.identity(),
                        (namespace, view, violations) -> namespace.withSpec(view.spec())))
                .build();
    }

    private static Namespace fresh(Namespace namespace) {
        List<String> finalizers = new ArrayList<>(namespace.spec().finalizers());
        if (!finalizers.contains(FINALIZER)) {
            finalizers.add(FINALIZER);
        }
        NamespaceSpec spec = NamespaceSpecBuilder.builder(namespace.spec())
                .finalizers(finalizers)
                .build();
        NamespaceStatus status =
                NamespaceStatusBuilder.builder().phase(NamespacePhase.ACTIVE).build();
        return NamespaceBuilder.builder(namespace).spec(spec).status(status).build();
    }

    private static ResourceStrategy<Node> node() {
        return ResourceStrategy.of(Node.TYPE)
                .validation(ClusterValidation::node)
                .updateValidation(ClusterValidation::nodeUpdate)
                .status((node, source) -> node.withStatus(source.status()))
                .field(
                        "spec.unschedulable",
                        node -> Boolean.toString(node.spec().unschedulable()))
                .build();
    }

    private static ResourceStrategy<ConfigMap> configMap() {
        return ResourceStrategy.of(ConfigMap.TYPE)
                .validation(ConfigValidation::configMap)
                .updateValidation(ConfigValidation::configMapUpdate)
                .build();
    }

    private static ResourceStrategy<Secret> secret() {
        return ResourceStrategy.of(Secret.TYPE)
                .defaults(SmallDefaults::of)
                .validation(ConfigValidation::secret)
                .updateValidation(ConfigValidation::secretUpdate)
                .field("type", Secret::type)
                .build();
    }

    private static ResourceStrategy<Event> event() {
        return ResourceStrategy.of(Event.TYPE)
                .validation(ClusterValidation::event)
                .createOnUpdate()
                .field("involvedObject.kind", about(ObjectReference::kind))
                .field("involvedObject.namespace", about(ObjectReference::namespace))
                .field("involvedObject.name", about(ObjectReference::name))
                .field("involvedObject.uid", about(ObjectReference::uid))
                .field("involvedObject.apiVersion", about(ObjectReference::apiVersion))
                .field("involvedObject.resourceVersion", about(ObjectReference::resourceVersion))
                .field("involvedObject.fieldPath", about(ObjectReference::fieldPath))
                .field("reason", Event::reason)
                .field("reportingComponent", Event::reportingComponent)
                .field(
                        "source",
                        event -> event.source().component().isEmpty()
                                ? event.reportingComponent()
                                : event.source().component())
                .field("type", Event::type)
                .build();
    }

    private static Function<Event, String> about(Function<ObjectReference, String> part) {
        return event -> part.apply(event.involvedObject());
    }

    private static ResourceStrategy<Lease> lease() {
        return ResourceStrategy.of(Lease.TYPE)
                .validation(ClusterValidation::lease)
                .createOnUpdate()
                .versionRequired()
                .build();
    }
}
