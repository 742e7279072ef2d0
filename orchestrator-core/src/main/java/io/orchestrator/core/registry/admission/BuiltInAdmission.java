package io.orchestrator.core.registry.admission;

import io.orchestrator.core.registry.admission.advice.Advice;
import io.orchestrator.core.registry.admission.limits.LimitRanger;
import io.orchestrator.core.registry.admission.security.PodSecurity;
import java.util.ArrayList;
import java.util.List;

/** The steps that every cluster takes, in their order. */
public final class BuiltInAdmission {
    private BuiltInAdmission() {}

    /** For a registry by itself, without users and tokens. */
    public static List<Admission> steps() {
        return stepsWith(List.of());
    }

    /** @param own the host's steps, which come behind those that complete objects */
    public static List<Admission> stepsWith(List<Admission> own) {
        return all(false, own);
    }

    /**
     * For a whole cluster: pods are given tokens, and new nodes must first be ready.
     *
     * @param access steps that ask who may do what
     * @param own the host's steps
     */
    public static List<Admission> ofCluster(List<Admission> access, List<Admission> own) {
        List<Admission> steps = new ArrayList<>(List.of(new TaintNodes()));
        steps.addAll(access);
        steps.addAll(own);
        return all(true, steps);
    }

    private static List<Admission> all(boolean tokens, List<Admission> more) {
        List<Admission> steps = new ArrayList<>(List.of(
                new NamespaceLifecycle(),
                new LimitRanger(),
                new ServiceAccountAdmission(tokens),
                new PodPriority(),
                new DefaultTolerations(),
                new RuntimeClasses(),
                new DefaultClasses(),
                new RequestedBy(),
                new PodSecurity()));
        steps.addAll(more);
        steps.add(new Advice());
        return List.copyOf(steps);
    }
}
