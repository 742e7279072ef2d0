package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Ephemeral container.")
@RecordBuilder
public record EphemeralContainer(
        @Field(value = "Name.", tag = 1, within = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Image.", tag = 2, within = 1) String image,

        @Field(value = "Command.", tag = 3, within = 1, listType = ListType.ATOMIC)
        List<String> command,

        @Field(value = "Args.", tag = 4, within = 1, listType = ListType.ATOMIC)
        List<String> args,

        @Field(value = "Working dir.", tag = 5, within = 1) String workingDir,

        @Field(
                value = "Ports.",
                tag = 6,
                within = 1,
                mergeKey = "containerPort",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = {"containerPort", "protocol"})
        List<ContainerPort> ports,

        @Field(value = "Env from.", tag = 19, within = 1, listType = ListType.ATOMIC)
        List<EnvFromSource> envFrom,

        @Field(
                value = "Env.",
                tag = 7,
                within = 1,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<EnvVar> env,

        @Field(value = "Resources.", tag = 8, within = 1) ResourceRequirements resources,

        @Field(value = "Resize policy.", tag = 23, within = 1, listType = ListType.ATOMIC)
        List<ContainerResizePolicy> resizePolicy,

        @Field(value = "Restart policy.", tag = 24, within = 1) @Nullable
        String restartPolicy,

        @Field(
                value = "Volume mounts.",
                tag = 9,
                within = 1,
                mergeKey = "mountPath",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "mountPath")
        List<VolumeMount> volumeMounts,

        @Field(
                value = "Volume devices.",
                tag = 21,
                within = 1,
                mergeKey = "devicePath",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "devicePath")
        List<VolumeDevice> volumeDevices,

        @Field(value = "Liveness probe.", tag = 10, within = 1) @Nullable
        Probe livenessProbe,

        @Field(value = "Readiness probe.", tag = 11, within = 1) @Nullable
        Probe readinessProbe,

        @Field(value = "Startup probe.", tag = 22, within = 1) @Nullable
        Probe startupProbe,

        @Field(value = "Lifecycle.", tag = 12, within = 1) @Nullable
        Lifecycle lifecycle,

        @Field(value = "Termination message path.", tag = 13, within = 1)
        String terminationMessagePath,

        @Field(
                value = "Termination message policy.",
                tag = 20,
                within = 1,
                enumValues = {TerminationMessagePolicy.FILE, TerminationMessagePolicy.FALLBACK_TO_LOGS_ON_ERROR})
        String terminationMessagePolicy,

        @Field(
                value = "Image pull policy.",
                tag = 14,
                within = 1,
                enumValues = {PullPolicy.ALWAYS, PullPolicy.NEVER, PullPolicy.IF_NOT_PRESENT})
        String imagePullPolicy,

        @Field(value = "Security context.", tag = 15, within = 1) @Nullable
        SecurityContext securityContext,

        @Field(value = "Stdin.", tag = 16, within = 1) boolean stdin,
        @Field(value = "Stdin once.", tag = 17, within = 1) boolean stdinOnce,
        @Field(value = "Tty.", tag = 18, within = 1) boolean tty,
        @Field(value = "Target container name.", tag = 2) String targetContainerName)
        implements EphemeralContainerBuilder.With {
    public static final EphemeralContainer EMPTY =
            EphemeralContainerBuilder.builder().build();

    public EphemeralContainer {
        name = Fields.text(name);
        image = Fields.text(image);
        command = Fields.list(command);
        args = Fields.list(args);
        workingDir = Fields.text(workingDir);
        ports = Fields.list(ports);
        envFrom = Fields.list(envFrom);
        env = Fields.list(env);
        resources = Fields.orElse(resources, ResourceRequirements.EMPTY);
        resizePolicy = Fields.list(resizePolicy);
        volumeMounts = Fields.list(volumeMounts);
        volumeDevices = Fields.list(volumeDevices);
        terminationMessagePath = Fields.text(terminationMessagePath);
        terminationMessagePolicy = Fields.text(terminationMessagePolicy);
        imagePullPolicy = Fields.text(imagePullPolicy);
        targetContainerName = Fields.text(targetContainerName);
    }
}
