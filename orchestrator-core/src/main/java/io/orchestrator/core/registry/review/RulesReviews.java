package io.orchestrator.core.registry.review;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.model.authorization.NonResourceRule;
import io.orchestrator.api.model.authorization.ResourceRule;
import io.orchestrator.api.model.authorization.SelfSubjectRulesReview;
import io.orchestrator.api.model.authorization.SubjectRulesReviewStatus;
import io.orchestrator.api.model.authorization.SubjectRulesReviewStatusBuilder;
import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.core.auth.rbac.RbacAuthorizer;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.Review;
import java.util.ArrayList;
import java.util.List;

/** What may I do in a namespace: {@code kubectl auth can-i --list}. */
public final class RulesReviews {
    private final RbacAuthorizer roles;

    public RulesReviews(RbacAuthorizer roles) {
        this.roles = roles;
    }

    public List<Review<?>> all() {
        return List.of(
                new Review<>(SelfSubjectRulesReview.TYPE, (asked, namespace, caller, lookup) -> answer(asked, caller)));
    }

    private SelfSubjectRulesReview answer(SelfSubjectRulesReview asked, Caller caller) {
        String namespace = asked.spec().namespace();
        if (namespace.isEmpty()) {
            throw ApiException.badRequest("no namespace on request");
        }
        RbacAuthorizer.Rules held = roles.rulesOf(caller.userInfo(), namespace);
        List<ResourceRule> resources = new ArrayList<>();
        List<NonResourceRule> paths = new ArrayList<>();
        for (PolicyRule rule : held.rules()) {
            if (!rule.resources().isEmpty()) {
                resources.add(new ResourceRule(rule.verbs(), rule.apiGroups(), rule.resources(), rule.resourceNames()));
            }
            if (!rule.nonResourceURLs().isEmpty()) {
                paths.add(new NonResourceRule(rule.verbs(), rule.nonResourceURLs()));
            }
        }
        SubjectRulesReviewStatus status = SubjectRulesReviewStatusBuilder.builder()
                .resourceRules(resources)
                .nonResourceRules(paths)
                .incomplete(!held.faults().isEmpty())
                .evaluationError(String.join(", ", held.faults()))
                .build();
        return asked.withStatus(status);
    }
}
