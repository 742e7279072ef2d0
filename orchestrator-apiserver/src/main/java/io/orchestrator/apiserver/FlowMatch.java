package io.orchestrator.apiserver;

import io.orchestrator.api.model.flowcontrol.FlowSchemaSpec;
import io.orchestrator.api.model.flowcontrol.GroupSubject;
import io.orchestrator.api.model.flowcontrol.NonResourcePolicyRule;
import io.orchestrator.api.model.flowcontrol.PolicyRulesWithSubjects;
import io.orchestrator.api.model.flowcontrol.ResourcePolicyRule;
import io.orchestrator.api.model.flowcontrol.ServiceAccountSubject;
import io.orchestrator.api.model.flowcontrol.Subject;
import io.orchestrator.api.model.flowcontrol.UserSubject;
import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.auth.UserInfo;
import java.util.List;

/** Whether a request is one of those that a flow schema means. Pure. */
final class FlowMatch {
    private static final String ALL = "*";
    private static final String ACCOUNT = "system:serviceaccount:";

    private FlowMatch() {}

    /** @param verb of a resource; of another path the method in small letters */
    static boolean matches(FlowSchemaSpec schema, UserInfo user, String verb, RequestPath path) {
        for (PolicyRulesWithSubjects rule : schema.rules()) {
            if (concerns(rule.subjects(), user) && asks(rule, verb, path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean concerns(List<Subject> subjects, UserInfo user) {
        for (Subject subject : subjects) {
            if (is(subject, user)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(Subject subject, UserInfo user) {
        UserSubject named = subject.user();
        GroupSubject group = subject.group();
        ServiceAccountSubject account = subject.serviceAccount();
        return switch (subject.kind()) {
            case "User" ->
                named != null && (named.name().equals(ALL) || named.name().equals(user.name()));
            case "Group" ->
                group != null && (group.name().equals(ALL) || user.groups().contains(group.name()));
            case "ServiceAccount" ->
                account != null
                        && (account.name().equals(ALL)
                                ? user.name().startsWith(ACCOUNT + account.namespace() + ":")
                                : user.name().equals(ACCOUNT + account.namespace() + ":" + account.name()));
            default -> false;
        };
    }

    private static boolean asks(PolicyRulesWithSubjects rule, String verb, RequestPath path) {
        if (path instanceof RequestPath.OfResource resource) {
            return rule.resourceRules().stream().anyMatch(each -> asks(each, verb, resource));
        }
        return path instanceof RequestPath.Plain plain
                && rule.nonResourceRules().stream().anyMatch(each -> asks(each, verb, plain.path()));
    }

    private static boolean asks(ResourcePolicyRule rule, String verb, RequestPath.OfResource path) {
        boolean here = path.namespace().isEmpty() ? rule.clusterScope() : has(rule.namespaces(), path.namespace());
        return here
                && has(rule.verbs(), verb)
                && has(rule.apiGroups(), path.group())
                && has(rule.resources(), path.qualifiedPlural());
    }

    private static boolean asks(NonResourcePolicyRule rule, String verb, String path) {
        return has(rule.verbs(), verb) && rule.nonResourceURLs().stream().anyMatch(url -> leads(url, path));
    }

    private static boolean leads(String url, String path) {
        return url.endsWith(ALL) ? path.startsWith(url.substring(0, url.length() - 1)) : url.equals(path);
    }

    private static boolean has(List<String> values, String value) {
        return values.contains(ALL) || values.contains(value);
    }
}
