package io.orchestrator.core.auth.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.api.model.rbac.PolicyRuleBuilder;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.UserInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The index against the plainest reading of what roles and bindings mean, over random policies that change all the time. */
class RbacOracleTest {
    private static final int CHANGES = 60;
    private static final int QUESTIONS = 60;
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<String> VERBS = List.of("get", "list", "delete", "*");
    private static final List<String> GROUPS = List.of("", "apps", "*");
    private static final List<String> RESOURCES =
            List.of("pods", "pods/log", "deployments", "*/scale", "deployments/scale", "*");
    private static final List<String> NAMES = List.of("a", "b");
    private static final List<String> PATHS = List.of("/healthz", "/api/*", "/apis", "*");
    private static final List<String> NAMESPACES = List.of("one", "two");
    private static final List<String> USERS = List.of("jane", "joe", "system:serviceaccount:one:bot");
    private static final List<String> TEAMS = List.of("dev", "ops");
    private static final List<String> ROLES = List.of("r1", "r2", "r3");

    private final Map<String, Resource> objects = new LinkedHashMap<>();
    private final RoleIndex index = new RoleIndex();
    private final RbacAuthorizer authorizer = new RbacAuthorizer(index);

    @RepeatedTest(40)
    void theIndexDecidesAsThePlainReadingDoes(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int change = 0; change < CHANGES; change++) {
            changeSomething(random);
            for (int question = 0; question < QUESTIONS / 10; question++) {
                Authorizer.Request request = request(random);
                assertThat(authorizer.decide(request).allowed())
                        .as("seed %d, change %d: %s over %s", seed, change, request, objects.values())
                        .isEqualTo(allowed(request));
            }
        }
    }

    @RepeatedTest(40)
    void whatRulesMissIsWhatTheyDoNotAllow(RepetitionInfo repetition) {
        Random random = new Random(1000L + repetition.getCurrentRepetition());
        List<PolicyRule> held = rules(random);
        List<PolicyRule> wanted = rules(random);
        List<PolicyRule> missing = PolicyRules.missing(held, wanted);

        List<PolicyRule> all = new ArrayList<>(held);
        all.addAll(missing);
        assertThat(PolicyRules.missing(all, wanted)).isEmpty();
        for (int question = 0; question < QUESTIONS; question++) {
            Authorizer.Request request = request(random);
            boolean escalates = wanted.stream().anyMatch(rule -> allows(rule, request))
                    && held.stream().noneMatch(rule -> allows(rule, request));
            if (escalates) {
                assertThat(missing)
                        .as("%s over %s and %s", request, held, wanted)
                        .isNotEmpty();
            }
        }
    }

    private void changeSomething(Random random) {
        Resource object = switch (random.nextInt(4)) {
            case 0 -> new ClusterRole(ObjectMeta.named(pick(random, ROLES)), rules(random), null);
            case 1 -> new Role(ObjectMeta.named(pick(random, NAMESPACES), pick(random, ROLES)), rules(random));
            case 2 ->
                new ClusterRoleBinding(
                        ObjectMeta.named(pick(random, ROLES)),
                        subjects(random),
                        new RoleRef(GROUP, "ClusterRole", pick(random, ROLES)));
            default ->
                new RoleBinding(
                        ObjectMeta.named(pick(random, NAMESPACES), pick(random, ROLES)),
                        subjects(random),
                        new RoleRef(GROUP, random.nextBoolean() ? "Role" : "ClusterRole", pick(random, ROLES)));
        };
        String key = object.getClass().getSimpleName() + object.metadata().namespace() + "/"
                + object.metadata().name();
        if (random.nextInt(4) == 0) {
            objects.remove(key);
            index.remove(object);
        } else {
            objects.put(key, object);
            index.put(object);
        }
    }

    private static List<PolicyRule> rules(Random random) {
        List<PolicyRule> rules = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            rules.add(
                    random.nextInt(4) == 0
                            ? PolicyRuleBuilder.builder()
                                    .verbs(some(random, VERBS))
                                    .nonResourceURLs(some(random, PATHS))
                                    .build()
                            : PolicyRuleBuilder.builder()
                                    .verbs(some(random, VERBS))
                                    .apiGroups(some(random, GROUPS))
                                    .resources(some(random, RESOURCES))
                                    .resourceNames(random.nextInt(3) == 0 ? some(random, NAMES) : List.of())
                                    .build());
        }
        return rules;
    }

    private static List<Subject> subjects(Random random) {
        List<Subject> subjects = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            subjects.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new Subject("User", GROUP, pick(random, USERS), "");
                        case 1 -> new Subject("Group", GROUP, pick(random, TEAMS), "");
                        default -> new Subject("ServiceAccount", "", "bot", pick(random, NAMESPACES));
                    });
        }
        return subjects;
    }

    private static Authorizer.Request request(Random random) {
        UserInfo user = UserInfo.authenticated(
                pick(random, USERS), "", random.nextBoolean() ? List.of(pick(random, TEAMS)) : List.of());
        if (random.nextInt(4) == 0) {
            return Authorizer.Request.ofPath(
                    user, "get", pick(random, List.of("/healthz", "/api/v1", "/apis", "/apis/apps", "/other")));
        }
        return new Authorizer.Request(
                user,
                pick(random, List.of("get", "list", "delete")),
                pick(random, List.of("", "apps")),
                pick(random, List.of("pods", "pods/log", "deployments", "deployments/scale")),
                pick(random, List.of("", "one", "two")),
                pick(random, List.of("", "a", "b", "c")),
                "");
    }

    /** The oracle: all bindings, one after the other. */
    private boolean allowed(Authorizer.Request request) {
        return objects.values().stream().anyMatch(object -> {
            if (object instanceof ClusterRoleBinding binding) {
                return isOneOf(binding.subjects(), request.user(), "")
                        && rulesOf(binding.roleRef(), "").anyMatch(rule -> allows(rule, request));
            }
            return object instanceof RoleBinding binding
                    && binding.metadata().namespace().equals(request.namespace())
                    && isOneOf(binding.subjects(), request.user(), request.namespace())
                    && rulesOf(binding.roleRef(), request.namespace()).anyMatch(rule -> allows(rule, request));
        });
    }

    private static boolean isOneOf(List<Subject> subjects, UserInfo user, String namespace) {
        return subjects.stream().anyMatch(subject -> switch (subject.kind()) {
            case "User" -> subject.name().equals(user.name());
            case "Group" -> user.groups().contains(subject.name());
            default ->
                user.name()
                        .equals("system:serviceaccount:"
                                + (subject.namespace().isEmpty() ? namespace : subject.namespace()) + ":"
                                + subject.name());
        });
    }

    private Stream<PolicyRule> rulesOf(RoleRef ref, String namespace) {
        Resource role = objects.get(
                ref.kind().equals("ClusterRole") ? "ClusterRole/" + ref.name() : "Role" + namespace + "/" + ref.name());
        if (role instanceof ClusterRole found) {
            return found.rules().stream();
        }
        return role instanceof Role found ? found.rules().stream() : Stream.empty();
    }

    private static boolean allows(PolicyRule rule, Authorizer.Request request) {
        boolean verb = rule.verbs().stream().anyMatch(each -> each.equals("*") || each.equals(request.verb()));
        if (request.resource().isEmpty()) {
            return verb
                    && rule.nonResourceURLs().stream()
                            .anyMatch(url -> url.equals(request.path())
                                    || (url.endsWith("*")
                                            && request.path().startsWith(url.substring(0, url.length() - 1))));
        }
        String subresource = request.resource().contains("/")
                ? request.resource().substring(request.resource().indexOf('/'))
                : "";
        return verb
                && rule.apiGroups().stream().anyMatch(each -> each.equals("*") || each.equals(request.group()))
                && rule.resources().stream()
                        .anyMatch(each -> each.equals("*")
                                || each.equals(request.resource())
                                || (!subresource.isEmpty() && each.equals("*" + subresource)))
                && (rule.resourceNames().isEmpty() || rule.resourceNames().contains(request.name()));
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<String> some(Random random, List<String> list) {
        return Stream.generate(() -> pick(random, list))
                .limit(1 + random.nextInt(2))
                .distinct()
                .toList();
    }
}
