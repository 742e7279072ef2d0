package io.orchestrator.core.registry.policy;

import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.cel.Access;
import io.orchestrator.core.registry.admission.Admission.Request;
import java.util.List;
import java.util.Map;

/** What one user may do, by the authorizer that decides on requests, too. Immutable. */
record RequestAccess(Authorizer authorizer, UserInfo user) implements Access {

    /** Whether the request itself would be allowed, whose verb is not told. */
    static Access.Check ofResource(Access access, Request<?> request) {
        return new Access.Check(
                access,
                new Question(
                        request.form().group(),
                        request.form().plural(),
                        request.subresource(),
                        request.namespace(),
                        request.name(),
                        "",
                        ""));
    }

    @Override
    public Answer answer(Question question) {
        Authorizer.Request asked = question.path().isEmpty()
                ? new Authorizer.Request(
                        user,
                        question.verb(),
                        question.group(),
                        question.subresource().isEmpty()
                                ? question.resource()
                                : question.resource() + "/" + question.subresource(),
                        question.namespace(),
                        question.name(),
                        "")
                : Authorizer.Request.ofPath(user, question.verb(), question.path());
        Authorizer.Decision decision = authorizer.decide(asked);
        return new Answer(decision.allowed(), decision.reason(), "");
    }

    @Override
    public Access of(String namespace, String serviceAccount) {
        return new RequestAccess(
                authorizer,
                new UserInfo(
                        "system:serviceaccount:" + namespace + ":" + serviceAccount,
                        "",
                        List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace),
                        Map.of()));
    }
}
