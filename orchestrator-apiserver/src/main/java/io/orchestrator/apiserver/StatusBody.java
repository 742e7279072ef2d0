package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.meta.ListMetaBuilder;
import io.orchestrator.api.meta.Status;
import io.orchestrator.api.meta.StatusBuilder;
import io.orchestrator.api.meta.StatusCause;
import io.orchestrator.api.meta.StatusCauseBuilder;
import io.orchestrator.api.meta.StatusDetailsBuilder;
import java.util.List;

/** Outcomes as Status objects. Pure. */
final class StatusBody {
    private StatusBody() {}

    static Status of(ApiException e) {
        ApiException.Subject subject = e.subject();
        boolean plain = subject.equals(ApiException.Subject.NONE) && e.causes().isEmpty() && e.retryAfterSeconds() == 0;
        return StatusBuilder.builder()
                .metadata(ListMetaBuilder.builder()
                        .continueToken(e.continueToken())
                        .build())
                .status("Failure")
                .message(String.valueOf(e.getMessage()))
                .reason(e.reason().wireName())
                .code(e.reason().httpStatus())
                .details(
                        plain
                                ? null
                                : StatusDetailsBuilder.builder()
                                        .name(subject.name())
                                        .group(subject.group())
                                        .kind(subject.kind())
                                        .uid(subject.uid())
                                        .causes(causes(e.causes()))
                                        .retryAfterSeconds(e.retryAfterSeconds())
                                        .build())
                .build();
    }

    /** The answer to a deletion after which nothing is left. */
    static Status deleted(String group, String plural, String name, String uid) {
        return StatusBuilder.builder()
                .status("Success")
                .details(StatusDetailsBuilder.builder()
                        .name(name)
                        .group(group)
                        .kind(plural)
                        .uid(uid)
                        .build())
                .build();
    }

    private static List<StatusCause> causes(List<Cause> causes) {
        return causes.stream()
                .map(cause -> StatusCauseBuilder.builder()
                        .reason(cause.reason())
                        .message(cause.message())
                        .field(cause.field())
                        .build())
                .toList();
    }
}
