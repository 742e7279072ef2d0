package io.orchestrator.core.registry.admission;

import java.util.ArrayList;
import java.util.List;

/** The steps that every cluster takes, in their order. */
public final class BuiltInAdmission {
    private BuiltInAdmission() {}

    public static List<Admission> steps() {
        return stepsWith(List.of());
    }

    /** @param own the host's steps, which come behind those that complete objects */
    public static List<Admission> stepsWith(List<Admission> own) {
        List<Admission> steps = new ArrayList<>(List.of(
                new NamespaceLifecycle(),
                new DefaultServiceAccount(),
                new DefaultTolerations(),
                new DefaultPriority(),
                new RequestedBy()));
        steps.addAll(own);
        return List.copyOf(steps);
    }
}
