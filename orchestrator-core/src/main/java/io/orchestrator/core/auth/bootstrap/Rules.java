package io.orchestrator.core.auth.bootstrap;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBuilder;
import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.api.model.rbac.PolicyRuleBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the policy is written down: lists are words with spaces between them, and {@code core} is the group without a name. */
final class Rules {
    static final String READ = "get list watch";
    static final String WRITE = "create delete deletecollection patch update";
    static final String EVERY_VERB = "create delete deletecollection get list patch update watch";

    private static final String BOOTSTRAPPING = "kubernetes.io/bootstrapping";
    private static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";

    private Rules() {}

    static PolicyRule rule(String verbs, String groups, String resources) {
        return PolicyRuleBuilder.builder()
                .verbs(words(verbs))
                .apiGroups(words(groups).stream()
                        .map(group -> group.equals("core") ? "" : group)
                        .toList())
                .resources(words(resources))
                .build();
    }

    /** For objects of these names alone. */
    static PolicyRule named(String verbs, String groups, String resources, String names) {
        return rule(verbs, groups, resources).withResourceNames(words(names));
    }

    static PolicyRule paths(String verbs, String urls) {
        return PolicyRuleBuilder.builder()
                .verbs(words(verbs))
                .nonResourceURLs(words(urls))
                .build();
    }

    /** Every component tells events. */
    static PolicyRule events() {
        return rule("create patch update", "core events.k8s.io", "events");
    }

    static ClusterRole role(String name, PolicyRule... rules) {
        return ClusterRoleBuilder.builder()
                .metadata(metadata("", name, Map.of()))
                .rules(List.of(rules))
                .build();
    }

    static ObjectMeta metadata(String namespace, String name, Map<String, String> more) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(BOOTSTRAPPING, "rbac-defaults");
        labels.putAll(more);
        return ObjectMetaBuilder.builder()
                .namespace(namespace)
                .name(name)
                .labels(labels)
                .annotations(Map.of(AUTOUPDATE, "true"))
                .build();
    }

    /** Whether whoever runs the cluster has said that the object is theirs. */
    static boolean isLeftAlone(ObjectMeta metadata) {
        return "false".equals(metadata.annotations().get(AUTOUPDATE));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }
}
