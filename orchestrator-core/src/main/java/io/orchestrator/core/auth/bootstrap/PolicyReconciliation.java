package io.orchestrator.core.auth.bootstrap;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.rbac.Subject;
import io.orchestrator.core.auth.rbac.PolicyRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Makes what is missing of the policy, and gives back what was taken from it, but for objects whose annotation
 * {@code rbac.authorization.kubernetes.io/autoupdate} is {@code false}. What somebody has added stays. Writes nothing where
 * all is there. Blocks on the API.
 */
public final class PolicyReconciliation {
    private final Client client;

    /** @param client with all rights */
    public PolicyReconciliation(Client client) {
        this.client = client;
    }

    public void run() {
        reconcile(ClusterRole.TYPE, BootstrapPolicy.clusterRoles(), PolicyReconciliation::mended);
        reconcile(
                Role.TYPE,
                BootstrapPolicy.roles(),
                (standing, wanted) -> standing.withRules(rules(standing.rules(), wanted.rules())));
        reconcile(
                ClusterRoleBinding.TYPE,
                BootstrapPolicy.clusterRoleBindings(),
                (standing, wanted) -> standing.withSubjects(subjects(standing.subjects(), wanted.subjects())));
        reconcile(
                RoleBinding.TYPE,
                BootstrapPolicy.roleBindings(),
                (standing, wanted) -> standing.withSubjects(subjects(standing.subjects(), wanted.subjects())));
    }

    private <T extends Resource> void reconcile(ResourceType<T> type, List<T> wanted, BinaryOperator<T> mend) {
        Map<String, T> standing = new HashMap<>();
        ResourceClient<T> all = client.resources(type);
        all.inAnyNamespace().list().items().forEach(object -> standing.put(key(object), object));
        for (T object : wanted) {
            T found = standing.get(key(object));
            ResourceClient<T> place =
                    type.namespaced() ? all.inNamespace(object.metadata().namespace()) : all;
            if (found == null) {
                create(place, object);
            } else if (!Rules.isLeftAlone(found.metadata())
                    && !mend.apply(found, object).equals(found)) {
                place.edit(object.metadata().name(), now -> mend.apply(now, object));
            }
        }
    }

    private static <T extends Resource> void create(ResourceClient<T> place, T object) {
        try {
            place.create(object);
        } catch (ApiException e) {
            // Another control plane on the same store does the same.
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
    }

    /** Rules of a role that is put together from others are its controller's business. */
    private static ClusterRole mended(ClusterRole standing, ClusterRole wanted) {
        ClusterRole labelled = standing.withMetadata(labelled(standing.metadata(), wanted.metadata()));
        return wanted.aggregationRule() == null
                ? labelled.withRules(rules(standing.rules(), wanted.rules()))
                : labelled.withAggregationRule(wanted.aggregationRule());
    }

    private static ObjectMeta labelled(ObjectMeta standing, ObjectMeta wanted) {
        ObjectMeta result = standing;
        for (Map.Entry<String, String> label : wanted.labels().entrySet()) {
            if (!label.getValue().equals(result.labels().get(label.getKey()))) {
                result = result.withLabel(label.getKey(), label.getValue());
            }
        }
        return result;
    }

    private static List<PolicyRule> rules(List<PolicyRule> standing, List<PolicyRule> wanted) {
        List<PolicyRule> missing = PolicyRules.missing(standing, wanted);
        List<PolicyRule> all = new ArrayList<>(standing);
        all.addAll(missing);
        return missing.isEmpty() ? standing : all;
    }

    private static List<Subject> subjects(List<Subject> standing, List<Subject> wanted) {
        List<Subject> all = new ArrayList<>(standing);
        wanted.stream().filter(subject -> !standing.contains(subject)).forEach(all::add);
        return all;
    }

    private static String key(Resource object) {
        return object.metadata().namespace() + "/" + object.metadata().name();
    }
}
