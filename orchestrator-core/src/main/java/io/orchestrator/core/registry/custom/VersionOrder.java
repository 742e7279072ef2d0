package io.orchestrator.core.registry.custom;

import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import io.orchestrator.core.schema.VersionPriority;
import java.util.Comparator;
import java.util.List;

/** The versions of a definition, the one that clients should prefer first. */
final class VersionOrder {
    private VersionOrder() {}

    static List<CustomResourceDefinitionVersion> sorted(List<CustomResourceDefinitionVersion> versions) {
        return versions.stream()
                .sorted(Comparator.comparing(CustomResourceDefinitionVersion::name, VersionPriority.FIRST_PREFERRED))
                .toList();
    }
}
