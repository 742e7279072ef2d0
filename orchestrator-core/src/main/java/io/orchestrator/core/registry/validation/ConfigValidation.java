package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Secret;

/** Rules. */
public final class ConfigValidation {
    private ConfigValidation() {}

    public static void configMap(ConfigMap object, Violations violations) {}

    public static void secret(Secret object, Violations violations) {}

    public static void configMapUpdate(ConfigMap wanted, ConfigMap current, Violations violations) {}

    public static void secretUpdate(Secret wanted, Secret current, Violations violations) {}
}
