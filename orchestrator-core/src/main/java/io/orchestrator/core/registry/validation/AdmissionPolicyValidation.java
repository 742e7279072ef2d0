package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.admissionregistration.AuditAnnotation;
import io.orchestrator.api.model.admissionregistration.MatchResources;
import io.orchestrator.api.model.admissionregistration.NamedRuleWithOperations;
import io.orchestrator.api.model.admissionregistration.ParamRef;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBindingSpec;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicySpec;
import io.orchestrator.api.model.admissionregistration.ValidationAction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of admission policies and their bindings, apart from what {@code core.registry.policy} checks: the expressions. */
public final class AdmissionPolicyValidation {
    private static final Path SPEC = Path.of("spec");
    private static final int MOST_ANNOTATIONS = 20;

    private AdmissionPolicyValidation() {}

    public static void policy(ValidatingAdmissionPolicy policy, Violations violations) {
        ValidatingAdmissionPolicySpec spec = policy.spec();
        if (spec.failurePolicy() != null) {
            violations.oneOf(SPEC.child("failurePolicy"), spec.failurePolicy(), WebhookValidation.FAILURE_POLICIES);
        }
        if (spec.paramKind() != null) {
            StorageValidation.required(
                    SPEC.child("paramKind").child("apiVersion"),
                    spec.paramKind().apiVersion(),
                    violations);
            StorageValidation.required(
                    SPEC.child("paramKind").child("kind"), spec.paramKind().kind(), violations);
        }
        if (spec.matchConstraints() != null) {
            match(spec.matchConstraints(), SPEC.child("matchConstraints"), violations);
        }
        WebhookValidation.conditionNames(spec.matchConditions(), SPEC.child("matchConditions"), violations);
        variables(spec, violations);
        annotations(policy, violations);
    }

    /** The keys stand behind the policy's name in an audit log. */
    private static void annotations(ValidatingAdmissionPolicy policy, Violations violations) {
        List<AuditAnnotation> annotations = policy.spec().auditAnnotations();
        Path field = SPEC.child("auditAnnotations");
        if (annotations.size() > MOST_ANNOTATIONS) {
            violations.tooMany(field, annotations.size(), MOST_ANNOTATIONS);
        }
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < annotations.size(); i++) {
            Path at = field.index(i).child("key");
            String key = annotations.get(i).key();
            if (key.isEmpty()) {
                violations.required(at, "key is not specified");
                continue;
            }
            violations.invalid(at, key, Names.qualifiedName(policy.metadata().name() + "/" + key));
            if (!keys.add(key)) {
                violations.duplicate(at, key);
            }
        }
    }

    private static void variables(ValidatingAdmissionPolicySpec spec, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < spec.variables().size(); i++) {
            Path at = SPEC.child("variables").index(i);
            String name = spec.variables().get(i).name();
            if (name.isEmpty()) {
                violations.required(at.child("name"), "name is not specified");
            } else {
                violations.invalid(at.child("name"), name, Names.cIdentifier(name));
                if (!names.add(name)) {
                    violations.duplicate(at.child("name"), name);
                }
            }
        }
    }

    private static void match(MatchResources match, Path field, Violations violations) {
        SelectorValidation.selector(match.namespaceSelector(), field.child("namespaceSelector"), violations);
        SelectorValidation.selector(match.objectSelector(), field.child("objectSelector"), violations);
        if (match.matchPolicy() != null) {
            violations.oneOf(field.child("matchPolicy"), match.matchPolicy(), WebhookValidation.MATCH_POLICIES);
        }
        rules(match.resourceRules(), field.child("resourceRules"), violations);
        rules(match.excludeResourceRules(), field.child("excludeResourceRules"), violations);
    }

    private static void rules(List<NamedRuleWithOperations> rules, Path field, Violations violations) {
        for (int i = 0; i < rules.size(); i++) {
            Path at = field.index(i);
            WebhookValidation.listed(rules.get(i).apiGroups(), at.child("apiGroups"), violations);
            WebhookValidation.listed(rules.get(i).apiVersions(), at.child("apiVersions"), violations);
            WebhookValidation.listed(rules.get(i).resources(), at.child("resources"), violations);
            WebhookValidation.listed(rules.get(i).operations(), at.child("operations"), violations);
        }
    }

    public static void binding(ValidatingAdmissionPolicyBinding binding, Violations violations) {
        ValidatingAdmissionPolicyBindingSpec spec = binding.spec();
        if (spec.policyName().isEmpty()) {
            violations.required(SPEC.child("policyName"));
        } else {
            violations.invalid(SPEC.child("policyName"), spec.policyName(), Names.dnsSubdomain(spec.policyName()));
        }
        ParamRef parameters = spec.paramRef();
        if (parameters != null) {
            parameters(parameters, SPEC.child("paramRef"), violations);
        }
        if (spec.matchResources() != null) {
            match(spec.matchResources(), SPEC.child("matchResources"), violations);
        }
        actions(spec.validationActions(), SPEC.child("validationActions"), violations);
    }

    private static void parameters(ParamRef parameters, Path field, Violations violations) {
        boolean named = !parameters.name().isEmpty();
        if (named && parameters.selector() != null) {
            violations.forbidden(field.child("name"), "name and selector are mutually exclusive");
        } else if (!named && parameters.selector() == null) {
            violations.required(field, "one of name or selector must be specified");
        }
        SelectorValidation.selector(parameters.selector(), field.child("selector"), violations);
        if (parameters.parameterNotFoundAction() == null) {
            violations.required(field.child("parameterNotFoundAction"));
        } else {
            violations.oneOf(
                    field.child("parameterNotFoundAction"),
                    parameters.parameterNotFoundAction(),
                    List.of("Allow", "Deny"));
        }
    }

    private static void actions(List<String> actions, Path field, Violations violations) {
        if (actions.isEmpty()) {
            violations.required(field, "at least one validation action is required");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < actions.size(); i++) {
            violations.oneOf(
                    field.index(i),
                    actions.get(i),
                    List.of(ValidationAction.AUDIT, ValidationAction.DENY, ValidationAction.WARN));
            if (!seen.add(actions.get(i))) {
                violations.duplicate(field.index(i), actions.get(i));
            }
        }
        if (seen.contains(ValidationAction.DENY) && seen.contains(ValidationAction.WARN)) {
            violations.invalid(field, actions, "must not contain both Deny and Warn");
        }
    }
}
