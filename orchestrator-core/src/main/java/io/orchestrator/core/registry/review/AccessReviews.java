package io.orchestrator.core.registry.review;

import io.orchestrator.api.model.authorization.LocalSubjectAccessReview;
import io.orchestrator.api.model.authorization.NonResourceAttributes;
import io.orchestrator.api.model.authorization.ResourceAttributes;
import io.orchestrator.api.model.authorization.SelfSubjectAccessReview;
import io.orchestrator.api.model.authorization.SubjectAccessReview;
import io.orchestrator.api.model.authorization.SubjectAccessReviewSpec;
import io.orchestrator.api.model.authorization.SubjectAccessReviewStatus;
import io.orchestrator.api.model.authorization.SubjectAccessReviewStatusBuilder;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.Failures;
import io.orchestrator.core.registry.Review;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** May somebody do something: asked about oneself, about anybody, about anybody in one namespace. */
public final class AccessReviews {
    private static final Path SPEC = Path.of("spec");

    private final Authorizer authorizer;

    public AccessReviews(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    public List<Review<?>> all() {
        return List.of(
                new Review<>(SelfSubjectAccessReview.TYPE, (asked, namespace, caller, lookup) -> self(asked, caller)),
                new Review<>(SubjectAccessReview.TYPE, (asked, namespace, caller, lookup) -> anybody(asked)),
                new Review<>(
                        LocalSubjectAccessReview.TYPE, (asked, namespace, caller, lookup) -> local(asked, namespace)));
    }

    private SelfSubjectAccessReview self(SelfSubjectAccessReview asked, Caller caller) {
        Violations violations = new Violations();
        ResourceAttributes resource = asked.spec().resourceAttributes();
        NonResourceAttributes path = asked.spec().nonResourceAttributes();
        requireOne(resource, path, violations);
        if (!violations.isEmpty()) {
            throw Failures.invalid(SelfSubjectAccessReview.TYPE, "", violations.causes());
        }
        return asked.withStatus(decide(caller.userInfo(), resource, path));
    }

    private SubjectAccessReview anybody(SubjectAccessReview asked) {
        Violations violations = new Violations();
        check(asked.spec(), violations);
        if (!violations.isEmpty()) {
            throw Failures.invalid(SubjectAccessReview.TYPE, "", violations.causes());
        }
        return asked.withStatus(decide(asked.spec()));
    }

    private LocalSubjectAccessReview local(LocalSubjectAccessReview asked, String namespace) {
        Violations violations = new Violations();
        check(asked.spec(), violations);
        ResourceAttributes resource = asked.spec().resourceAttributes();
        if (resource != null && !resource.namespace().equals(namespace)) {
            violations.invalid(
                    SPEC.child("resourceAttributes").child("namespace"),
                    resource.namespace(),
                    "must match metadata.namespace");
        }
        if (asked.spec().nonResourceAttributes() != null) {
            violations.forbidden(SPEC.child("nonResourceAttributes"), "disallowed on this kind of request");
        }
        if (!violations.isEmpty()) {
            throw Failures.invalid(LocalSubjectAccessReview.TYPE, "", violations.causes());
        }
        return asked.withStatus(decide(asked.spec()));
    }

    private static void check(SubjectAccessReviewSpec spec, Violations violations) {
        requireOne(spec.resourceAttributes(), spec.nonResourceAttributes(), violations);
        if (spec.user().isEmpty() && spec.groups().isEmpty()) {
            violations.invalid(SPEC.child("user"), spec.user(), "at least one of user or group must be specified");
        }
    }

    private static void requireOne(
            @Nullable ResourceAttributes resource, @Nullable NonResourceAttributes path, Violations violations) {
        if (resource != null && path != null) {
            violations.invalid(
                    SPEC.child("nonResourceAttributes"),
                    path.path(),
                    "cannot be specified in combination with resourceAttributes");
        } else if (resource == null && path == null) {
            violations.invalid(
                    SPEC.child("resourceAttributes"),
                    null,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
    }

    private SubjectAccessReviewStatus decide(SubjectAccessReviewSpec spec) {
        UserInfo user = new UserInfo(spec.user(), spec.uid(), spec.groups(), spec.extra());
        return decide(user, spec.resourceAttributes(), spec.nonResourceAttributes());
    }

    private SubjectAccessReviewStatus decide(
            UserInfo user, @Nullable ResourceAttributes resource, @Nullable NonResourceAttributes path) {
        Authorizer.Request request;
        if (resource != null) {
            String qualified = resource.subresource().isEmpty()
                    ? resource.resource()
                    : resource.resource() + "/" + resource.subresource();
            request = new Authorizer.Request(
                    user, resource.verb(), resource.group(), qualified, resource.namespace(), resource.name(), "");
        } else if (path != null) {
            request = Authorizer.Request.ofPath(user, path.verb(), path.path());
        } else {
            throw new IllegalArgumentException("nothing is asked");
        }
        Authorizer.Decision decision = authorizer.decide(request);
        return SubjectAccessReviewStatusBuilder.builder()
                .allowed(decision.allowed())
                .reason(decision.reason())
                .build();
    }
}
