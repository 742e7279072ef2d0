package io.orchestrator.apiserver.table;

import io.orchestrator.api.model.admissionregistration.MutatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.ParamKind;
import io.orchestrator.api.model.admissionregistration.ParamRef;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.certificates.CertificateSigningRequestCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints who is asked before something is stored, and who asks for certificates. */
final class AdmissionRows {
    private static final String UNSET = "<unset>";
    private static final String NAME = "Name, unique within the cluster";

    private AdmissionRows() {}

    static RowPrinter<MutatingWebhookConfiguration> mutatingWebhooks() {
        return new RowPrinter<>(
                List.of(Column.name(NAME), Column.number("Webhooks", "How many are asked"), Column.age()),
                (object, now) ->
                        List.of(object.metadata().name(), object.webhooks().size(), Age.of(object, now)));
    }

    static RowPrinter<ValidatingWebhookConfiguration> validatingWebhooks() {
        return new RowPrinter<>(
                List.of(Column.name(NAME), Column.number("Webhooks", "How many are asked"), Column.age()),
                (object, now) ->
                        List.of(object.metadata().name(), object.webhooks().size(), Age.of(object, now)));
    }

    static RowPrinter<ValidatingAdmissionPolicy> policies() {
        return new RowPrinter<>(
                List.of(
                        Column.name(NAME),
                        Column.number("Validations", "How many conditions there are"),
                        Column.text("ParamKind", "The kind of its parameters"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        object.spec().validations().size(),
                        kind(object.spec().paramKind()),
                        Age.of(object, now)));
    }

    private static String kind(@Nullable ParamKind kind) {
        return kind == null ? UNSET : kind.apiVersion() + "/" + kind.kind();
    }

    static RowPrinter<ValidatingAdmissionPolicyBinding> policyBindings() {
        return new RowPrinter<>(
                List.of(
                        Column.name(NAME),
                        Column.text("PolicyName", "The policy"),
                        Column.text("ParamRef", "Its parameters"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        object.spec().policyName(),
                        parameters(object.spec().paramRef()),
                        Age.of(object, now)));
    }

    private static String parameters(@Nullable ParamRef parameters) {
        if (parameters == null) {
            return UNSET;
        }
        String name = parameters.selector() == null ? parameters.name() : WorkloadRows.selector(parameters.selector());
        return parameters.namespace().isEmpty() ? name : parameters.namespace() + "/" + name;
    }

    static RowPrinter<CertificateSigningRequest> signingRequests() {
        return new RowPrinter<>(
                List.of(
                        Column.name(NAME),
                        Column.age(),
                        Column.text("SignerName", "Who is asked to sign"),
                        Column.text("Requestor", "Who asks"),
                        Column.text("RequestedDuration", "For how long the certificate is to hold"),
                        Column.text("Condition", "Whether it is pending, approved, denied or issued")),
                (object, now) -> List.of(
                        object.metadata().name(),
                        Age.of(object, now),
                        object.spec().signerName(),
                        object.spec().username(),
                        object.spec().expirationSeconds() == null
                                ? "<none>"
                                : Age.human(Duration.ofSeconds(object.spec().expirationSeconds())),
                        condition(object)));
    }

    private static String condition(CertificateSigningRequest request) {
        List<String> said = new ArrayList<>();
        for (String type : List.of("Approved", "Denied", "Failed")) {
            for (CertificateSigningRequestCondition condition : request.status().conditions()) {
                if (condition.type().equals(type)) {
                    said.add(type);
                }
            }
        }
        if (said.isEmpty()) {
            said.add("Pending");
        }
        if (!request.status().certificate().isEmpty()) {
            said.add("Issued");
        }
        return String.join(",", said);
    }
}
