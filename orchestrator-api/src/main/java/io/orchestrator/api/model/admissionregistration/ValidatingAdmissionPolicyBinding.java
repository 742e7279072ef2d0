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
        kind = "ValidatingAdmissionPolicyBinding",
        plural = "validatingadmissionpolicybindings",
        namespaced = false,
        categories = "api-extensions")
@Description("Puts a policy into force.")
@RecordBuilder
public record ValidatingAdmissionPolicyBinding(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) ValidatingAdmissionPolicyBindingSpec spec)
        implements Resource, ValidatingAdmissionPolicyBindingBuilder.With {
    public static final ResourceType<ValidatingAdmissionPolicyBinding> TYPE =
            ResourceType.of(ValidatingAdmissionPolicyBinding.class);

    public ValidatingAdmissionPolicyBinding {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, ValidatingAdmissionPolicyBindingSpec.EMPTY);
    }

    @Override
    public ValidatingAdmissionPolicyBinding withMetadata(ObjectMeta metadata) {
        return ValidatingAdmissionPolicyBindingBuilder.With.super.withMetadata(metadata);
    }
}
