package io.orchestrator.api.model.core;

/** Known values of a secret type; others are stored just as well. */
public final class SecretType {
    public static final String OPAQUE = "Opaque";
    public static final String SERVICE_ACCOUNT_TOKEN = "kubernetes.io/service-account-token";
    public static final String DOCKERCFG = "kubernetes.io/dockercfg";
    public static final String DOCKER_CONFIG_JSON = "kubernetes.io/dockerconfigjson";
    public static final String BASIC_AUTH = "kubernetes.io/basic-auth";
    public static final String SSH_AUTH = "kubernetes.io/ssh-auth";
    public static final String TLS = "kubernetes.io/tls";
    public static final String BOOTSTRAP_TOKEN = "bootstrap.kubernetes.io/token";

    private SecretType() {}
}
