package io.orchestrator.core.registry.admission;

import java.util.List;

/** The steps that every cluster takes, in their order. */
public final class BuiltInAdmission {
    private BuiltInAdmission() {}

    public static List<Admission> steps() {
        return List.of(
                new NamespaceLifecycle(), new DefaultServiceAccount(), new DefaultTolerations(), new DefaultPriority());
    }
}
