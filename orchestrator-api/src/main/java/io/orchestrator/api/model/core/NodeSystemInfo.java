package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("What identifies a machine and its software.")
@RecordBuilder
public record NodeSystemInfo(
        @Field(
                value = "The id that the operating system gives the machine.",
                tag = 1,
                required = true,
                alwaysWritten = true)
        String machineID,

        @Field(value = "The id that the hardware gives the machine.", tag = 2, required = true, alwaysWritten = true)
        String systemUUID,

        @Field(value = "The id of the present boot.", tag = 3, required = true, alwaysWritten = true)
        String bootID,

        @Field(value = "The version of the kernel.", tag = 4, required = true, alwaysWritten = true)
        String kernelVersion,

        @Field(value = "The name and version of the operating system.", tag = 5, required = true, alwaysWritten = true)
        String osImage,

        @Field(value = "The container runtime and its version.", tag = 6, required = true, alwaysWritten = true)
        String containerRuntimeVersion,

        @Field(value = "The version of the node agent.", tag = 7, required = true, alwaysWritten = true)
        String kubeletVersion,

        @Field(
                value = "No longer trustworthy; the version of the service proxy.",
                tag = 8,
                required = true,
                alwaysWritten = true)
        String kubeProxyVersion,

        @Field(value = "The operating system, in lower case.", tag = 9, required = true, alwaysWritten = true)
        String operatingSystem,

        @Field(value = "The processor architecture.", tag = 10, required = true, alwaysWritten = true)
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
