package io.orchestrator.core.registry.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.patch.JsonPatch;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import io.orchestrator.core.registry.admission.Admission.Request;
import io.orchestrator.core.registry.policy.Forms;
import io.orchestrator.core.registry.policy.RequestJudge;
import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one webhook about one request. Thread-safe. */
final class HookCaller {
    private static final Logger LOG = LoggerFactory.getLogger(HookCaller.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("io.orchestrator.audit");

    private final ObjectCodec codec;
    private final Reviews reviews;
    private final Forms forms;
    private final RequestJudge judge;
    private final ReviewTransport transport;
    private final RandomGenerator random;

    HookCaller(ObjectCodec codec, Forms forms, RequestJudge judge, ReviewTransport transport, RandomGenerator random) {
        this.codec = codec;
        this.reviews = new Reviews(codec);
        this.forms = forms;
        this.judge = judge;
        this.transport = transport;
        this.random = random;
    }

    boolean isExempt(Request<?> request) {
        return judge.isExempt(request);
    }

    /** The version in which the webhook is shown the request; empty when it is not meant. */
    Optional<ResourceType<?>> meant(Hook hook, Request<?> request, Lookup lookup) {
        Optional<ResourceType<?>> form = judge.form(hook.rules(), hook.equivalent(), request);
        if (form.isEmpty() || !judge.selects(hook.namespaces(), hook.objects(), request, lookup)) {
            return Optional.empty();
        }
        try {
            return judge.holds(hook.conditions(), form.get(), request, lookup) ? form : Optional.empty();
        } catch (RequestJudge.Undecided e) {
            if (hook.fails()) {
                throw request.denied(
                        "the match conditions of admission webhook \"" + hook.name() + "\" failed: " + e.getMessage());
            }
            LOG.warn("webhook {} is not asked: {}", hook.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether it may be asked at all. */
    void requireAskable(Hook hook, Request<?> request) {
        if (request.dryRun() && !hook.pure()) {
            throw ApiException.badRequest("admission webhook \"" + hook.name() + "\" does not support dry run");
        }
    }

    /** @throws Failure when there is no answer that counts */
    Verdict ask(Hook hook, ResourceType<?> form, Request<?> request, boolean mutating, Lookup lookup) throws Failure {
        String uid = new UUID(random.nextLong(), random.nextLong()).toString();
        Resource object = request.object();
        Resource current = request.current();
        byte[] review = reviews.review(
                uid,
                request,
                new Reviews.Form(kind(request, form), form),
                reviews.tree(object == null ? null : shown(object, request, form)),
                reviews.tree(current == null ? null : shown(current, request, form)));
        byte[] answer = transport.post(hook.endpoint(), review, timeout(hook, request), lookup);
        try {
            return Verdict.read(answer, uid, mutating, codec.trees());
        } catch (Failure e) {
            throw new Failure("received invalid webhook response: " + e.getMessage(), e);
        }
    }

    /** Nobody is asked for longer than the request is waited for. */
    Duration timeout(Hook hook, Request<?> request) {
        Duration left = request.caller().timeLeft().get();
        return left.compareTo(hook.timeout()) < 0 ? left : hook.timeout();
    }

    /** What a failure means: the end of the request, or nothing. */
    void failed(Hook hook, Request<?> request, Failure failure) {
        Duration left = request.caller().timeLeft().get();
        if (left.isNegative() || left.isZero()) {
            throw new ApiException(
                    Reason.TIMEOUT, "Timeout: request did not complete within requested timeout", failure);
        }
        String what = "failed calling webhook \"" + hook.name() + "\": " + failure.getMessage();
        if (hook.fails()) {
            throw new ApiException(Reason.INTERNAL_ERROR, "Internal error occurred: " + what, failure);
        }
        LOG.warn("{}; its failures are ignored", what);
    }

    /** Passes on what the webhook has to say to the caller. Call it on the thread of the request. */
    void tell(Hook hook, Verdict verdict, Request<?> request) {
        verdict.warnings().forEach(request.caller().warnings());
        verdict.auditAnnotations()
                .forEach((key, value) -> AUDIT.info(
                        "{} {} {}/{} by {}: {}/{}={}",
                        request.operation(),
                        request.type(),
                        request.namespace(),
                        request.name(),
                        request.caller().user(),
                        hook.name(),
                        key,
                        value));
        if (!verdict.allowed()) {
            throw verdict.denial(hook.name());
        }
    }

    /** The object after the webhook's patch, with what only the server decides as it was. */
    <T extends Resource> T patched(Hook hook, ResourceType<?> form, Request<T> request, T object, JsonNode patch) {
        Resource shown = shown(object, request, form);
        Resource changed;
        try {
            JsonNode tree = JsonPatch.of(patch).apply(codec.toTree(shown));
            changed = codec.read(tree, shown.getClass()).value();
        } catch (ApiException e) {
            throw new ApiException(
                    Reason.INTERNAL_ERROR,
                    "Internal error occurred: the patch of admission webhook \"" + hook.name()
                            + "\" cannot be applied: " + e.getMessage(),
                    e);
        }
        boolean translated = Forms.areOf(request);
        Resource understood = translated ? forms.understood(changed, form, request.type()) : changed;
        Resource owned = understood.withMetadata(owned(hook, understood.metadata(), object.metadata()));
        return request.kind().objectClass().cast(forms.completed(owned, request.kind()));
    }

    private static ObjectMeta owned(Hook hook, ObjectMeta changed, ObjectMeta before) {
        boolean same =
                changed.name().equals(before.name()) && changed.namespace().equals(before.namespace());
        if (!same) {
            throw new ApiException(
                    Reason.INTERNAL_ERROR,
                    "Internal error occurred: admission webhook \"" + hook.name()
                            + "\" attempted to modify the name or namespace of the object, which is not supported");
        }
        return ObjectMetaBuilder.builder(changed)
                .uid(before.uid())
                .selfLink(before.selfLink())
                .resourceVersion(before.resourceVersion())
                .generation(before.generation())
                .creationTimestamp(before.creationTimestamp())
                .deletionTimestamp(before.deletionTimestamp())
                .deletionGracePeriodSeconds(before.deletionGracePeriodSeconds())
                .managedFields(before.managedFields())
                .build();
    }

    private Resource shown(Resource object, Request<?> request, ResourceType<?> form) {
        return Forms.areOf(request) ? forms.shown(object, request.type(), form) : object;
    }

    private static ResourceType<?> kind(Request<?> request, ResourceType<?> form) {
        return Forms.areOf(request) ? form : request.kind();
    }
}
