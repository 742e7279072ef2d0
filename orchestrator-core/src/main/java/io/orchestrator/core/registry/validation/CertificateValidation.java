package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.certificates.CertificateSigningRequest;
import io.orchestrator.api.model.certificates.CertificateSigningRequestCondition;
import io.orchestrator.api.model.certificates.CertificateSigningRequestSpec;
import io.orchestrator.api.model.certificates.RequestConditionType;
import io.orchestrator.api.schema.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of requests for certificates. */
public final class CertificateValidation {
    private static final Path SPEC = Path.of("spec");
    private static final Path CONDITIONS = Path.of("status").child("conditions");
    private static final int LEAST_SECONDS = 600;
    private static final int SIGNER_LENGTH = 571;
    private static final String BEGIN = "-----BEGIN CERTIFICATE REQUEST-----";
    private static final String END = "-----END CERTIFICATE REQUEST-----";
    private static final List<String> USAGES = usages();
    private static final Set<String> DECISIONS = Set.of(RequestConditionType.APPROVED, RequestConditionType.DENIED);

    private CertificateValidation() {}

    /** As the field itself names them. */
    private static List<String> usages() {
        return Arrays.stream(CertificateSigningRequestSpec.class.getRecordComponents())
                .filter(component -> component.getName().equals("usages"))
                .map(component -> component.getAnnotation(Field.class).enumValues())
                .map(List::of)
                .findFirst()
                .orElseThrow();
    }

    public static void request(CertificateSigningRequest request, Violations violations) {
        CertificateSigningRequestSpec spec = request.spec();
        String pem = new String(spec.request().toByteArray(), StandardCharsets.UTF_8);
        if (!pem.contains(BEGIN) || !pem.contains(END)) {
            violations.invalid(
                    SPEC.child("request"), spec.request().toBase64(), "PEM block type must be CERTIFICATE REQUEST");
        }
        usages(spec.usages(), violations);
        signer(SPEC.child("signerName"), spec.signerName(), violations);
        Integer seconds = spec.expirationSeconds();
        if (seconds != null && seconds < LEAST_SECONDS) {
            violations.invalid(
                    SPEC.child("expirationSeconds"),
                    seconds,
                    "may not specify a duration less than 600 seconds (10 minutes)");
        }
        conditions(request, violations);
    }

    private static void usages(List<String> usages, Violations violations) {
        Path field = SPEC.child("usages");
        if (usages.isEmpty()) {
            violations.required(field, "usages must be provided");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < usages.size(); i++) {
            violations.oneOf(field.index(i), usages.get(i), USAGES);
            if (!seen.add(usages.get(i))) {
                violations.duplicate(field.index(i), usages.get(i));
            }
        }
    }

    /** A domain and a path below it, such as {@code kubernetes.io/kube-apiserver-client}. */
    private static void signer(Path field, String name, Violations violations) {
        if (name.isEmpty()) {
            violations.required(field);
            return;
        }
        int slash = name.indexOf('/');
        if (slash < 0) {
            violations.invalid(
                    field, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        String domain = name.substring(0, slash);
        String path = name.substring(slash + 1);
        violations.invalid(field, domain, Names.dnsSubdomain(domain));
        if (!domain.isEmpty() && domain.indexOf('.') < 0) {
            violations.invalid(field, domain, "should be a domain with at least two segments separated by dots");
        }
        if (path.isEmpty()) {
            violations.invalid(field, path, "must not be empty");
        } else {
            violations.invalid(field, path, Names.dnsSubdomain(path.replace('/', '.')));
        }
        if (name.length() > SIGNER_LENGTH) {
            violations.tooLong(field, SIGNER_LENGTH);
        }
    }

    private static void conditions(CertificateSigningRequest request, Violations violations) {
        Set<String> seen = new HashSet<>();
        List<CertificateSigningRequestCondition> all = request.status().conditions();
        for (int i = 0; i < all.size(); i++) {
            Path at = CONDITIONS.index(i);
            String type = all.get(i).type();
            if (type.isEmpty()) {
                violations.required(at.child("type"));
            } else if (!seen.add(type)) {
                violations.duplicate(at.child("type"), type);
            }
            String status = all.get(i).status();
            boolean settled = DECISIONS.contains(type) || type.equals(RequestConditionType.FAILED);
            List<String> known = settled ? List.of("True") : List.of("False", "True", "Unknown");
            if (status.isEmpty()) {
                violations.required(at.child("status"));
            } else {
                violations.oneOf(at.child("status"), status, known);
            }
        }
        if (seen.containsAll(DECISIONS)) {
            violations.invalid(
                    CONDITIONS, RequestConditionType.DENIED, "Approved and Denied conditions are mutually exclusive");
        }
    }

    /** Whoever approves decides once, and may say more; but does not sign. */
    public static void approval(
            CertificateSigningRequest wanted, CertificateSigningRequest current, Violations violations) {
        conditions(wanted, violations);
        for (String type : DECISIONS) {
            if (holds(current, type) && !holds(wanted, type)) {
                violations.forbidden(CONDITIONS, "updates may not remove a condition of type \"" + type + "\"");
            }
        }
        if (!wanted.status().certificate().equals(current.status().certificate())) {
            violations.forbidden(Path.of("status").child("certificate"), "updates may not set certificate content");
        }
    }

    /** Whoever signs may not decide, and a certificate is for good. */
    public static void statusUpdate(
            CertificateSigningRequest wanted, CertificateSigningRequest current, Violations violations) {
        conditions(wanted, violations);
        for (String type : DECISIONS) {
            if (holds(wanted, type) != holds(current, type)) {
                String verb = holds(current, type) ? "remove" : "add";
                violations.forbidden(CONDITIONS, "updates may not " + verb + " a condition of type \"" + type + "\"");
            }
        }
        boolean issued = !current.status().certificate().isEmpty();
        if (issued && !wanted.status().certificate().equals(current.status().certificate())) {
            violations.forbidden(
                    Path.of("status").child("certificate"), "updates may not change existing certificate content");
        }
    }

    private static boolean holds(CertificateSigningRequest request, String type) {
        return request.status().conditions().stream()
                .anyMatch(condition -> condition.type().equals(type));
    }
}
