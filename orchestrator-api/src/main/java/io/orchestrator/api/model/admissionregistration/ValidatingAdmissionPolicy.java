package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "admissionregistration.k8s.io",
        version = "v1",
        kind = "ValidatingAdmissionPolicy",
        plural = "validatingadmissionpolicies",
        namespaced = false,
        categories = "api-extensions")
@Description("Rules in CEL that requests must meet.")
@RecordBuilder
public record ValidatingAdmissionPolicy(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) ValidatingAdmissionPolicySpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        ValidatingAdmissionPolicyStatus status)
        implements Resource, ValidatingAdmissionPolicyBuilder.With {
    public static final ResourceType<ValidatingAdmissionPolicy> TYPE = ResourceType.of(ValidatingAdmissionPolicy.class);

    public ValidatingAdmissionPolicy {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, ValidatingAdmissionPolicySpec.EMPTY);
        status = Fields.orElse(status, ValidatingAdmissionPolicyStatus.EMPTY);
    }

    @Override
    public ValidatingAdmissionPolicy withMetadata(ObjectMeta metadata) {
        return ValidatingAdmissionPolicyBuilder.With.super.withMetadata(metadata);
    }
}
