package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Taint;
import java.util.HashSet;
import java.util.Set;

/** What must hold of nodes, events and leases. */
public final class ClusterValidation {
    private static final Path SPEC = Path.of("spec");

    private ClusterValidation() {}

    public static void node(Node node, Violations violations) {
        Set<String> taints = new HashSet<>();
        for (int i = 0; i < node.spec().taints().size(); i++) {
            Taint taint = node.spec().taints().get(i);
            Path at = SPEC.child("taints").index(i);
            violations.invalid(at.child("key"), taint.key(), Names.qualifiedName(taint.key()));
            violations.invalid(at.child("value"), taint.value(), Names.labelValue(taint.value()));
            if (taint.effect().isEmpty()) {
                violations.required(at.child("effect"));
            } else {
                violations.oneOf(at.child("effect"), taint.effect(), SchedulingValidation.EFFECTS);
            }
            if (!taints.add(taint.key() + ":" + taint.effect())) {
                violations.duplicate(at, taint.key() + ":" + taint.effect());
            }
        }
    }

    public static void nodeUpdate(Node wanted, Node current, Violations violations) {
        if (!current.spec().podCIDRs().isEmpty()
                && !wanted.spec().podCIDRs().equals(current.spec().podCIDRs())) {
            violations.forbidden(
                    SPEC.child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid");
        }
        if (!current.spec().providerID().isEmpty()
                && !wanted.spec().providerID().equals(current.spec().providerID())) {
            violations.forbidden(
                    SPEC.child("providerID"), "node updates may not change providerID except from \"\" to valid");
        }
    }

    /** An event stands in the namespace of what it is about; of what has none, in {@code default} or {@code kube-system}. */
    public static void event(Event event, Violations violations) {
        String namespace = event.metadata().namespace();
        String about = event.involvedObject().namespace();
        Path field = Path.of("involvedObject").child("namespace");
        if (about.isEmpty()) {
            if (!namespace.isEmpty() && !namespace.equals("default") && !namespace.equals("kube-system")) {
                violations.invalid(field, about, "does not match event.namespace");
            }
        } else if (!about.equals(namespace)) {
            violations.invalid(field, about, "does not match event.namespace");
        }
        violations.invalid(Path.of("metadata").child("namespace"), namespace, Names.dnsLabel(namespace));
    }

    public static void lease(Lease lease, Violations violations) {
        Integer seconds = lease.spec().leaseDurationSeconds();
        if (seconds != null && seconds <= 0) {
            violations.invalid(SPEC.child("leaseDurationSeconds"), seconds, "must be greater than 0");
        }
        Integer transitions = lease.spec().leaseTransitions();
        if (transitions != null && transitions < 0) {
            violations.invalid(SPEC.child("leaseTransitions"), transitions, "must be greater than or equal to 0");
        }
    }
}
