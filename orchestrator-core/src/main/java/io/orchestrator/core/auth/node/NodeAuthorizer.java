package io.orchestrator.core.auth.node;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.rbac.RuleSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Allows agents of nodes what every agent needs, and of secrets, config maps, claims and tokens what the pods on their own node
 * refer to. Has no opinion on anybody else. Thread-safe, takes no lock.
 */
public final class NodeAuthorizer implements Authorizer {
    private static final Set<String> READ = Set.of("get", "list", "watch");
    private static final String LEASES = "coordination.k8s.io/leases";

    private final RuleSet rules;
    private final Set<ObjectKey> published;
    private final Function<String, List<Pod>> pods;

    /**
     * @param rules what every agent may do
     * @param published config maps that every agent may read
     * @param pods those on a node, maybe a moment ago
     */
    public NodeAuthorizer(RuleSet rules, Set<ObjectKey> published, Function<String, List<Pod>> pods) {
        this.rules = rules;
        this.published = Set.copyOf(published);
        this.pods = pods;
    }

    @Override
    public Decision decide(Request request) {
        Optional<String> node = NodeIdentity.of(request.user());
        return node.isEmpty() || request.resource().isEmpty() ? Decision.deny("") : decide(request, node.get());
    }

    private Decision decide(Request request, String node) {
        String resource = request.group().isEmpty() ? request.resource() : request.group() + "/" + request.resource();
        return switch (resource) {
            case "secrets" -> referenced(request, node, READ, PodReferences::secrets);
            case "configmaps" ->
                isPublished(request) ? Decision.allow() : referenced(request, node, READ, PodReferences::configMaps);
            case "persistentvolumeclaims" -> referenced(request, node, READ, PodReferences::claims);
            case "serviceaccounts/token" -> referenced(request, node, Set.of("create"), PodReferences::accounts);
            case LEASES -> own(request, node, request.namespace().equals("kube-node-lease"));
            case "storage.k8s.io/csinodes" -> own(request, node, true);
            default -> rules.allow(request) ? Decision.allow() : Decision.deny("");
        };
    }

    private boolean isPublished(Request request) {
        return READ.contains(request.verb()) && published.contains(new ObjectKey(request.namespace(), request.name()));
    }

    private Decision referenced(
            Request request, String node, Set<String> verbs, Function<Pod, Set<String>> references) {
        if (!verbs.contains(request.verb())) {
            return Decision.deny(
                    "can only " + String.join(", ", verbs.stream().sorted().toList()) + " resources of this type");
        }
        if (request.name().isEmpty()) {
            return Decision.deny("No Object name found");
        }
        boolean needed = pods.apply(node).stream()
                .filter(pod -> pod.metadata().namespace().equals(request.namespace()))
                .anyMatch(pod -> references.apply(pod).contains(request.name()));
        return needed
                ? Decision.allow()
                : Decision.deny("no relationship found between node '" + node + "' and this object");
    }

    private Decision own(Request request, String node, boolean place) {
        boolean allowed = place
                && rules.allow(request)
                && (request.verb().equals("create") || request.name().equals(node));
        return allowed
                ? Decision.allow()
                : Decision.deny("can only access the object with the same name as the requesting node");
    }
}
