package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold of config maps and secrets. */
public final class ConfigValidation {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Path DATA = Path.of("data");
    private static final Path BINARY = Path.of("binaryData");
    private static final Path IMMUTABLE = Path.of("immutable");
    private static final String FROZEN = "field is immutable when `immutable` is set";

    /** What secrets of the known types must hold. */
    private static final Map<String, List<String>> KEYS_BY_TYPE = Map.of(
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"));

    private ConfigValidation() {}

    public static void configMap(ConfigMap map, Violations violations) {
        long size = 0;
        for (Map.Entry<String, String> entry : map.data().entrySet()) {
            violations.invalid(DATA.key(entry.getKey()), entry.getKey(), Names.configKey(entry.getKey()));
            if (map.binaryData().containsKey(entry.getKey())) {
                violations.invalid(DATA.key(entry.getKey()), entry.getKey(), "duplicate of key present in binaryData");
            }
            size += entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        for (Map.Entry<String, Bytes> entry : map.binaryData().entrySet()) {
            violations.invalid(BINARY.key(entry.getKey()), entry.getKey(), Names.configKey(entry.getKey()));
            size += entry.getValue().size();
        }
        if (size > MAX_BYTES) {
            violations.tooLong(Path.root(), MAX_BYTES);
        }
    }

    public static void configMapUpdate(ConfigMap wanted, ConfigMap current, Violations violations) {
        if (Boolean.TRUE.equals(current.immutable())) {
            frozen(IMMUTABLE, wanted.immutable(), current.immutable(), violations);
            frozen(DATA, wanted.data(), current.data(), violations);
            frozen(BINARY, wanted.binaryData(), current.binaryData(), violations);
        }
    }

    public static void secret(Secret secret, Violations violations) {
        long size = 0;
        for (Map.Entry<String, Bytes> entry : secret.data().entrySet()) {
            violations.invalid(DATA.key(entry.getKey()), entry.getKey(), Names.configKey(entry.getKey()));
            size += entry.getValue().size();
        }
        if (size > MAX_BYTES) {
            violations.tooLong(DATA, MAX_BYTES);
        }
        for (String key : KEYS_BY_TYPE.getOrDefault(secret.type(), List.of())) {
            if (!secret.data().containsKey(key)) {
                violations.required(DATA.key(key));
            }
        }
        if (secret.type().equals("kubernetes.io/basic-auth")
                && !secret.data().containsKey("username")
                && !secret.data().containsKey("password")) {
            violations.required(DATA.key("username"));
            violations.required(DATA.key("password"));
        }
        if (secret.type().equals("kubernetes.io/service-account-token")
                && secret.metadata()
                        .annotations()
                        .getOrDefault("kubernetes.io/service-account.name", "")
                        .isEmpty()) {
            violations.required(Path.of("metadata").child("annotations").key("kubernetes.io/service-account.name"));
        }
    }

    public static void secretUpdate(Secret wanted, Secret current, Violations violations) {
        Check.immutable(Path.of("type"), wanted.type(), current.type(), violations);
        if (Boolean.TRUE.equals(current.immutable())) {
            frozen(IMMUTABLE, wanted.immutable(), current.immutable(), violations);
            frozen(DATA, wanted.data(), current.data(), violations);
        }
    }

    private static void frozen(Path field, @Nullable Object wanted, @Nullable Object current, Violations violations) {
        if (!java.util.Objects.equals(wanted, current)) {
            violations.forbidden(field, FROZEN);
        }
    }
}
