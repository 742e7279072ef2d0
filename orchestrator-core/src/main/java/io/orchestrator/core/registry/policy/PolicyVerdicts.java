package io.orchestrator.core.registry.policy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.orchestrator.api.model.admissionregistration.ValidationAction;
import io.orchestrator.core.registry.admission.Admission.Request;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the findings of a policy that a binding puts in force: refusals, warnings, and notes in the log {@code
 * io.orchestrator.audit}, which stands for the audit log that Kubernetes has.
 *
 * @param denials where refusals are collected
 */
record PolicyVerdicts(
        ValidatingAdmissionPolicy policy,
        ValidatingAdmissionPolicyBinding binding,
        Request<?> request,
        List<ApiException> denials) {
    private static final Logger AUDIT = LoggerFactory.getLogger("io.orchestrator.audit");
    private static final String FAILURE = "validation.policy.admission.k8s.io/validation_failure";

    private String named() {
        return "ValidatingAdmissionPolicy '" + policy.metadata().name() + "' with binding '"
                + binding.metadata().name() + "'";
    }

    /** Does with a finding what the binding says. */
    void add(CompiledPolicy.Finding finding) {
        if (finding.always()) {
            deny(finding.message(), finding.reason());
            return;
        }
        List<String> actions = binding.spec().validationActions();
        if (actions.contains(ValidationAction.WARN)) {
            request.caller().warnings().accept("Validation failed for " + named() + ": " + finding.message());
        }
        if (actions.contains(ValidationAction.AUDIT)) {
            audit(FAILURE, named() + ": " + finding.message());
        }
        if (actions.contains(ValidationAction.DENY)) {
            deny(finding.message(), finding.reason());
        }
    }

    /** Refuses whatever the binding says: the policy could not be asked. */
    void deny(String why) {
        deny(why, "Invalid");
    }

    private void deny(String message, String named) {
        String why = named() + " denied request: " + message;
        ApiException forbidden = request.denied(why);
        Reason reason = switch (named) {
            case "Unauthorized" -> Reason.UNAUTHORIZED;
            case "Forbidden" -> Reason.FORBIDDEN;
            case "RequestEntityTooLarge" -> Reason.REQUEST_ENTITY_TOO_LARGE;
            default -> Reason.INVALID;
        };
        denials.add(new ApiException(
                reason, forbidden.getMessage(), forbidden.subject(), List.of(new Cause("", "", why)), 0));
    }

    /** An annotation of the policy's own. */
    void note(String key, String value) {
        audit(policy.metadata().name() + "/" + key, value);
    }

    private void audit(String key, String value) {
        AUDIT.info(
                "{} {} {}/{} by {}: {}={}",
                request.operation().name().toLowerCase(Locale.ROOT),
                request.type(),
                request.namespace(),
                request.name(),
                request.caller().user(),
                key,
                value);
    }
}
