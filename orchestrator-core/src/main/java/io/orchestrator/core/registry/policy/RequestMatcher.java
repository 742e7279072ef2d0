package io.orchestrator.core.registry.policy;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.admissionregistration.MatchPolicyType;
import io.orchestrator.api.model.admissionregistration.MatchResources;
import io.orchestrator.api.model.admissionregistration.NamedRuleWithOperations;
import io.orchestrator.api.model.admissionregistration.RuleWithOperations;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import io.orchestrator.core.registry.admission.Admission.Request;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which requests a policy or webhook means. Immutable. */
final class RequestMatcher {
    private static final String ALL = "*";
    private static final String OWN_GROUP = "admissionregistration.k8s.io";

    private final Function<ResourceType<?>, Collection<ResourceType<?>>> versions;

    /** @param versions the forms in which a stored resource is served */
    RequestMatcher(Function<ResourceType<?>, Collection<ResourceType<?>>> versions) {
        this.versions = versions;
    }

    /** Requests that nothing of this kind may stand in the way of. */
    static boolean isExempt(Request<?> request) {
        return request.type().group().equals(OWN_GROUP);
    }

    /** In which of its versions the request is meant; empty where it is not. */
    Optional<ResourceType<?>> form(@Nullable MatchResources wanted, Request<?> request, Lookup lookup) {
        if (wanted == null) {
            return Optional.of(request.form());
        }
        boolean equivalent = !MatchPolicyType.EXACT.equals(wanted.matchPolicy());
        if (!selects(wanted.namespaceSelector(), wanted.objectSelector(), request, lookup)
                || form(named(wanted.excludeResourceRules(), request), equivalent, request)
                        .isPresent()) {
            return Optional.empty();
        }
        return wanted.resourceRules().isEmpty()
                ? Optional.of(request.form())
                : form(named(wanted.resourceRules(), request), equivalent, request);
    }

    /** Those rules that do not name other objects. */
    private static List<RuleWithOperations> named(List<NamedRuleWithOperations> rules, Request<?> request) {
        return rules.stream()
                .filter(rule ->
                        rule.resourceNames().isEmpty() || rule.resourceNames().contains(request.name()))
                .map(rule -> new RuleWithOperations(
                        rule.operations(), rule.apiGroups(), rule.apiVersions(), rule.resources(), rule.scope()))
                .toList();
    }

    /**
     * In which of its versions the request is meant by one of the rules, its own before all others; empty where it is by none.
     *
     * @param equivalent whether a request in another version of the same resource is meant, too
     */
    Optional<ResourceType<?>> form(List<RuleWithOperations> rules, boolean equivalent, Request<?> request) {
        Optional<ResourceType<?>> exact = first(rules, false, request);
        return exact.isPresent() || !equivalent ? exact : first(rules, true, request);
    }

    private Optional<ResourceType<?>> first(List<RuleWithOperations> rules, boolean equivalent, Request<?> request) {
        return rules.stream()
                .map(rule -> form(rule, equivalent, request))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<ResourceType<?>> form(RuleWithOperations rule, boolean equivalent, Request<?> request) {
        boolean meant = has(rule.operations(), request.operation().name())
                && rule.resources().stream().anyMatch(resource -> isOf(resource, request))
                && scope(rule.scope(), request);
        if (!meant) {
            return Optional.empty();
        }
        if (names(rule, request.form())) {
            return Optional.of(request.form());
        }
        return equivalent
                ? versions.apply(request.type()).stream()
                        .filter(type -> names(rule, type))
                        .findFirst()
                : Optional.empty();
    }

    private static boolean names(RuleWithOperations rule, ResourceType<?> form) {
        return has(rule.apiGroups(), form.group()) && has(rule.apiVersions(), form.version());
    }

    private static boolean has(List<String> wanted, String value) {
        return wanted.contains(ALL) || wanted.contains(value);
    }

    private static boolean isOf(String wanted, Request<?> request) {
        int slash = wanted.indexOf('/');
        String resource = slash < 0 ? wanted : wanted.substring(0, slash);
        String subresource = slash < 0 ? "" : wanted.substring(slash + 1);
        boolean same = resource.equals(ALL) || resource.equals(request.type().plural());
        return same && (subresource.equals(ALL) || subresource.equals(request.subresource()));
    }

    private static boolean scope(@Nullable String wanted, Request<?> request) {
        if (wanted == null || wanted.equals(ALL)) {
            return true;
        }
        // A namespace is an object of the cluster, whatever lies in it.
        return request.type().namespaced() == wanted.equals("Namespaced");
    }

    boolean selects(
            @Nullable LabelSelector namespaces, @Nullable LabelSelector objects, Request<?> request, Lookup lookup) {
        return selectsNamespace(namespaces, request, lookup) && selectsObject(objects, request);
    }

    private static boolean selectsNamespace(@Nullable LabelSelector wanted, Request<?> request, Lookup lookup) {
        if (wanted == null || isEmpty(wanted)) {
            return true;
        }
        if (request.type().equals(Namespace.TYPE)) {
            Resource self = request.object() != null ? request.object() : request.current();
            return self != null && Selector.of(wanted).matches(self);
        }
        if (!request.type().namespaced()) {
            return true;
        }
        Optional<Namespace> namespace = lookup.known(Namespace.TYPE, "", request.namespace());
        return namespace.isPresent() && Selector.of(wanted).matches(namespace.get());
    }

    private static boolean selectsObject(@Nullable LabelSelector wanted, Request<?> request) {
        if (wanted == null || isEmpty(wanted)) {
            return true;
        }
        Selector selector = Selector.of(wanted);
        Resource object = request.object();
        Resource current = request.current();
        return object != null && selector.matches(object) || current != null && selector.matches(current);
    }

    private static boolean isEmpty(LabelSelector selector) {
        return selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty();
    }
}
