package io.orchestrator.core.control.policystatus;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.GroupVersionKind;
import io.orchestrator.api.model.admissionregistration.ExpressionWarning;
import io.orchestrator.api.model.admissionregistration.MatchResources;
import io.orchestrator.api.model.admissionregistration.ParamKind;
import io.orchestrator.api.model.admissionregistration.TypeChecking;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicySpec;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyStatus;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Schemas;
import java.util.List;
import java.util.Optional;

/**
 * Checks the expressions of each policy by the kinds that the policy names. Kubernetes does so once for each generation of a policy;
 * here a definition that comes or changes afterwards counts, too.
 */
public final class PolicyStatusReconciler implements Reconciler {
    private final ObjectCodec codec = new ObjectCodec(new Schemas());

    private PolicyStatusReconciler() {}

    public static ControllerSpec spec() {
        return ControllerSpec.named("validatingadmissionpolicy-status")
                .reconciles(ValidatingAdmissionPolicy.TYPE)
                .watches(CustomResourceDefinition.TYPE, PolicyStatusReconciler::concerned)
                .with(new PolicyStatusReconciler());
    }

    private static List<ObjectKey> concerned(CustomResourceDefinition definition, View view) {
        String group = definition.spec().group();
        return view.list(ValidatingAdmissionPolicy.TYPE, "").stream()
                .filter(policy -> names(policy.spec(), group))
                .map(ObjectKey::of)
                .toList();
    }

    private static boolean names(ValidatingAdmissionPolicySpec spec, String group) {
        MatchResources wanted = spec.matchConstraints();
        ParamKind params = spec.paramKind();
        return wanted != null
                        && wanted.resourceRules().stream()
                                .anyMatch(rule -> rule.apiGroups().contains(group))
                || params != null
                        && GroupVersionKind.of(params.apiVersion(), params.kind())
                                .group()
                                .equals(group);
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<ValidatingAdmissionPolicy> found = context.view().get(ValidatingAdmissionPolicy.TYPE, key);
        if (found.isEmpty()) {
            return Outcome.done();
        }
        ValidatingAdmissionPolicy policy = found.get();
        List<ExpressionWarning> warnings = PolicyCheck.warnings(
                policy.spec(), new KnownKinds(codec, context.view().list(CustomResourceDefinition.TYPE, "")));
        ValidatingAdmissionPolicyStatus status = policy.status()
                .with(each -> each.observedGeneration(policy.metadata().generation())
                        .typeChecking(new TypeChecking(warnings)));
        if (!status.equals(policy.status())) {
            context.client().resources(ValidatingAdmissionPolicy.TYPE).updateStatus(policy.withStatus(status));
        }
        return Outcome.done();
    }
}
