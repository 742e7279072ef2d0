package io.orchestrator.core.registry.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A webhook's answer, checked as far as it can be without the object.
 *
 * @param status why it is refused; nothing where that is not said
 * @param patch a JSON patch; null for none
 */
record Verdict(
        boolean allowed,
        JsonNode status,
        @Nullable JsonNode patch,
        Map<String, String> auditAnnotations,
        List<String> warnings) {

    /**
     * @param uid of the review that it must answer
     * @param mutating whether a patch may be in it
     * @throws Failure when it is no answer to that
     */
    static Verdict read(byte[] body, String uid, boolean mutating, JsonTrees trees) throws Failure {
        JsonNode review;
        try {
            review = trees.parse(body);
        } catch (DecodeException e) {
            throw new Failure("couldn't decode the answer: " + e.getMessage(), e);
        }
        String version = review.path("apiVersion").asText();
        String kind = review.path("kind").asText();
        if (!version.equals(Reviews.VERSION) || !kind.equals(Reviews.KIND)) {
            throw new Failure("expected webhook response of " + Reviews.VERSION + ", Kind=" + Reviews.KIND + ", got "
                    + version + ", Kind=" + kind);
        }
        JsonNode response = review.path("response");
        if (!response.isObject()) {
            throw new Failure("webhook response was absent");
        }
        if (!response.path("uid").asText().equals(uid)) {
            throw new Failure("expected response.uid=\"" + uid + "\", got \""
                    + response.path("uid").asText() + "\"");
        }
        if (response.has("allowed") && !response.path("allowed").isBoolean()) {
            throw new Failure("response.allowed is no boolean");
        }
        Map<String, String> annotations = new TreeMap<>();
        response.path("auditAnnotations")
                .properties()
                .forEach(each -> annotations.put(each.getKey(), each.getValue().asText()));
        List<String> warnings = new ArrayList<>();
        response.path("warnings").forEach(each -> warnings.add(each.asText()));
        return new Verdict(
                response.path("allowed").asBoolean(false),
                response.path("status"),
                patch(response, mutating, trees),
                annotations,
                warnings);
    }

    private static @Nullable JsonNode patch(JsonNode response, boolean mutating, JsonTrees trees) throws Failure {
        String patch = response.path("patch").asText("");
        String type = response.path("patchType").asText("");
        if (!mutating) {
            if (!patch.isEmpty()) {
                throw new Failure("validating webhook may not return response.patch");
            }
            if (!type.isEmpty()) {
                throw new Failure("validating webhook may not return response.patchType");
            }
            return null;
        }
        if (patch.isEmpty()) {
            if (!type.isEmpty()) {
                throw new Failure("webhook returned response.patchType but not response.patch");
            }
            return null;
        }
        if (type.isEmpty()) {
            throw new Failure("webhook returned response.patch but not response.patchType");
        }
        if (!type.equals("JSONPatch")) {
            throw new Failure("webhook returned invalid response.patchType of \"" + type + "\"");
        }
        try {
            return trees.parse(Base64.getDecoder().decode(patch));
        } catch (IllegalArgumentException | DecodeException e) {
            throw new Failure("webhook returned a patch that cannot be read: " + e.getMessage(), e);
        }
    }

    /** The refusal in the words of Kubernetes. */
    ApiException denial(String hook) {
        String by = "admission webhook \"" + hook + "\" denied the request";
        String message = status.path("message").asText("");
        String reason = status.path("reason").asText("");
        String text = !message.isEmpty()
                ? by + ": " + message
                : !reason.isEmpty() ? by + ": " + reason : by + " without explanation";
        List<Cause> causes = new ArrayList<>();
        status.path("details")
                .path("causes")
                .forEach(each -> causes.add(new Cause(
                        each.path("reason").asText(""),
                        each.path("field").asText(""),
                        each.path("message").asText(""))));
        return new ApiException(
                reason(reason, status.path("code").asInt(0)),
                text,
                ApiException.Subject.NONE,
                causes,
                status.path("details").path("retryAfterSeconds").asInt(0));
    }

    private static Reason reason(String name, int code) {
        return Arrays.stream(Reason.values())
                .filter(each -> each.wireName().equals(name) && (code < 400 || each.httpStatus() == code))
                .findFirst()
                .or(() -> Arrays.stream(Reason.values())
                        .filter(each -> each.httpStatus() == code)
                        .findFirst())
                .orElse(code >= 500 ? Reason.INTERNAL_ERROR : Reason.BAD_REQUEST);
    }
}
