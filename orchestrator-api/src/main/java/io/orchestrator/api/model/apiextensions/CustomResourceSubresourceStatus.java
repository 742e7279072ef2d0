package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;

@Description("Says that the status is written apart.")
public record CustomResourceSubresourceStatus() {
    public static final CustomResourceSubresourceStatus EMPTY = new CustomResourceSubresourceStatus();
}
