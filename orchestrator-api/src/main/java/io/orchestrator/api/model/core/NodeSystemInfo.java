package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Node system info.")
@RecordBuilder
public record NodeSystemInfo(
        @Field(value = "Machine id.", tag = 1, required = true, alwaysWritten = true)
        String machineID,

        @Field(value = "System uuid.", tag = 2, required = true, alwaysWritten = true)
        String systemUUID,

        @Field(value = "Boot id.", tag = 3, required = true, alwaysWritten = true)
        String bootID,

        @Field(value = "Kernel version.", tag = 4, required = true, alwaysWritten = true)
        String kernelVersion,

        @Field(value = "Os image.", tag = 5, required = true, alwaysWritten = true)
        String osImage,

        @Field(value = "Container runtime version.", tag = 6, required = true, alwaysWritten = true)
        String containerRuntimeVersion,

        @Field(value = "Kubelet version.", tag = 7, required = true, alwaysWritten = true)
        String kubeletVersion,

        @Field(value = "Kube proxy version.", tag = 8, required = true, alwaysWritten = true)
        String kubeProxyVersion,

        @Field(value = "Operating system.", tag = 9, required = true, alwaysWritten = true)
        String operatingSystem,

        @Field(value = "Architecture.", tag = 10, required = true, alwaysWritten = true)
        String architecture)
        implements NodeSystemInfoBuilder.With {
    public static final NodeSystemInfo EMPTY = NodeSystemInfoBuilder.builder().build();

    public NodeSystemInfo {
        machineID = Fields.text(machineID);
        systemUUID = Fields.text(systemUUID);
        bootID = Fields.text(bootID);
        kernelVersion = Fields.text(kernelVersion);
        osImage = Fields.text(osImage);
        containerRuntimeVersion = Fields.text(containerRuntimeVersion);
        kubeletVersion = Fields.text(kubeletVersion);
        kubeProxyVersion = Fields.text(kubeProxyVersion);
        operatingSystem = Fields.text(operatingSystem);
        architecture = Fields.text(architecture);
    }
}
