package io.orchestrator.core.registry.review;

import io.orchestrator.api.model.authentication.SelfSubjectReview;
import io.orchestrator.api.model.authentication.SelfSubjectReviewStatus;
import io.orchestrator.api.model.authentication.TokenReview;
import io.orchestrator.api.model.authentication.TokenReviewStatus;
import io.orchestrator.api.model.authentication.TokenReviewStatusBuilder;
import io.orchestrator.core.auth.Authenticator;
import io.orchestrator.core.auth.UserInfo;
import io.orchestrator.core.auth.token.TokenCheck;
import io.orchestrator.core.registry.Failures;
import io.orchestrator.core.registry.Review;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import java.util.Optional;

/** Who am I, and whose token is this. */
public final class IdentityReviews {
    private final TokenCheck check;
    private final Authenticator others;

    /** @param others who know tokens that are good for the API server and for nobody else */
    public IdentityReviews(TokenCheck check, Authenticator others) {
        this.check = check;
        this.others = others;
    }

    public List<Review<?>> all() {
        return List.of(
                new Review<>(
                        SelfSubjectReview.TYPE,
                        (asked, namespace, caller, lookup) ->
                                asked.withStatus(new SelfSubjectReviewStatus(Users.told(caller.userInfo())))),
                new Review<>(TokenReview.TYPE, (asked, namespace, caller, lookup) -> token(asked, lookup)));
    }

    private TokenReview token(TokenReview asked, Admission.Lookup lookup) {
        String token = asked.spec().token();
        if (token.isEmpty()) {
            Violations violations = new Violations();
            violations.required(Path.of("spec").child("token"), "");
            throw Failures.invalid(TokenReview.TYPE, "", violations.causes());
        }
        List<String> wanted = asked.spec().audiences().isEmpty()
                ? List.of(check.ownAudience())
                : asked.spec().audiences();
        TokenCheck.Result result = check.check(token, wanted, lookup::find);
        if (result instanceof TokenCheck.Result.Good good) {
            return asked.withStatus(status(good.user(), good.audiences()));
        }
        Optional<UserInfo> other = wanted.contains(check.ownAudience())
                ? others.authenticate(new Authenticator.Evidence(List.of(), token))
                : Optional.empty();
        String why = ((TokenCheck.Result.Bad) result).why();
        return asked.withStatus(other.map(user -> status(user, List.of(check.ownAudience())))
                .orElseGet(() -> TokenReviewStatusBuilder.builder().error(why).build()));
    }

    private static TokenReviewStatus status(UserInfo user, List<String> audiences) {
        return TokenReviewStatusBuilder.builder()
                .authenticated(true)
                .user(Users.told(user))
                .audiences(audiences)
                .build();
    }
}
