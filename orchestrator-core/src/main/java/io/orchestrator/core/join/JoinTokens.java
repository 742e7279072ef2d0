package io.orchestrator.core.join;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.SecretBuilder;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.ClusterRoleBindingBuilder;
import io.orchestrator.api.model.rbac.ClusterRoleBuilder;
import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.api.model.rbac.PolicyRuleBuilder;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;
import io.orchestrator.core.env.Environment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands out what nodes join with, and sees to it that whoever shows it gets no further than to a certificate. */
public final class JoinTokens {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String NAMESPACE = "kube-system";
    private static final String POLICIES = "orchestrator:node-policies";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID = 6;
    private static final int SECRET = 16;

    private final Client client;
    private final Environment environment;

    /** @param client with all rights */
    public JoinTokens(Client client, Environment environment) {
        this.client = client;
        this.environment = environment;
    }

    /**
     * Lets the holders of tokens order a node's certificate, and nodes their next one and what they need to serve services and to
     * hold network policies. What
     * stands already stays as it is. Idempotent.
     */
    public void allow() {
        bind("orchestrator:node-bootstrapper", "system:node-bootstrapper", "system:bootstrappers");
        bind(
                "orchestrator:node-first-certificate",
                "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
                "system:bootstrappers");
        bind(
                "orchestrator:node-next-certificate",
                "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
                "system:nodes");
        bind("orchestrator:node-proxier", "system:node-proxier", "system:nodes");
        created(client.resources(ClusterRole.TYPE), policyReader());
        bind(POLICIES, POLICIES, "system:nodes");
    }

    /**
     * What a node reads to hold network policies, beside pods, which every node may read. In Kubernetes plug-ins hold policies, and
     * each brings such a role of its own.
     */
    private static ClusterRole policyReader() {
        return ClusterRoleBuilder.builder()
                .metadata(ObjectMeta.named("", POLICIES))
                .rules(List.of(watching("", "namespaces"), watching("networking.k8s.io", "networkpolicies")))
                .build();
    }

    private static PolicyRule watching(String group, String resource) {
        return PolicyRuleBuilder.builder()
                .verbs(List.of("list", "watch"))
                .apiGroups(List.of(group))
                .resources(List.of(resource))
                .build();
    }

    /** A new token. @param life how long nodes may join with it */
    public JoinToken issue(Duration life) {
        JoinToken token = new JoinToken(word(ID), word(SECRET));
        put(token, life);
        return token;
    }

    /** Makes this token good for so long from now on, whatever it was before. */
    public void put(JoinToken token, Duration life) {
        allow();
        Map<String, Bytes> data = new LinkedHashMap<>();
        data.put("token-id", Bytes.utf8(token.id()));
        data.put("token-secret", Bytes.utf8(token.secret()));
        data.put(
                "expiration",
                Bytes.utf8(Time.of(environment.clock().instant().plus(life)).toString()));
        data.put("usage-bootstrap-authentication", Bytes.utf8("true"));
        data.put("usage-bootstrap-signing", Bytes.utf8("true"));
        Secret wanted = SecretBuilder.builder()
                .metadata(ObjectMeta.named(NAMESPACE, "bootstrap-token-" + token.id()))
                .type("bootstrap.kubernetes.io/token")
                .data(data)
                .build();
        ResourceClient<Secret> secrets = client.secrets().inNamespace(NAMESPACE);
        if (!created(secrets, wanted)) {
            secrets.edit(wanted.metadata().name(), standing -> standing.withData(data));
        }
    }

    private void bind(String name, String role, String group) {
        created(
                client.resources(ClusterRoleBinding.TYPE),
                ClusterRoleBindingBuilder.builder()
                        .metadata(ObjectMeta.named("", name))
                        .roleRef(new RoleRef(GROUP, "ClusterRole", role))
                        .subjects(List.of(new Subject("Group", GROUP, group, "")))
                        .build());
    }

    private static <T extends Resource> boolean created(ResourceClient<T> client, T object) {
        try {
            client.create(object);
            return true;
        } catch (ApiException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
            return false;
        }
    }

    private String word(int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(LETTERS.charAt(environment.random().nextInt(LETTERS.length())));
        }
        return word.toString();
    }
}
