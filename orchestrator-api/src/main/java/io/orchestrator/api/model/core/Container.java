package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A program from an image that runs in a pod.")
@RecordBuilder
public record Container(
        @Field(value = "The name, unique within the pod.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The image that it is made from.", tag = 2)
        String image,

        @Field(
                value = "The program and its first arguments; empty takes the image's entry point.",
                tag = 3,
                listType = ListType.ATOMIC)
        List<String> command,

        @Field(
                value = "The arguments of the program; empty takes those of the image.",
                tag = 4,
                listType = ListType.ATOMIC)
        List<String> args,

        @Field(value = "The directory that it starts in; empty takes that of the image.", tag = 5)
        String workingDir,

        @Field(
                value = "The ports that it listens on, for information and for names.",
                tag = 6,
                mergeKey = "containerPort",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = {"containerPort", "protocol"})
        List<ContainerPort> ports,

        @Field(value = "Sources whose every key becomes a variable.", tag = 19, listType = ListType.ATOMIC)
        List<EnvFromSource> envFrom,

        @Field(
                value = "The variables of its environment.",
                tag = 7,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<EnvVar> env,

        @Field(value = "What it reserves and may use.", tag = 8)
        ResourceRequirements resources,

        @Field(value = "Whether a change of its resources needs a restart.", tag = 23, listType = ListType.ATOMIC)
        List<ContainerResizePolicy> resizePolicy,

        @Field(value = "Always makes an init container a helper that runs on beside the others.", tag = 24) @Nullable
        String restartPolicy,

        @Field(
                value = "The volumes that it sees, and where.",
                tag = 9,
                mergeKey = "mountPath",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "mountPath")
        List<VolumeMount> volumeMounts,

        @Field(
                value = "The raw devices that it sees, and where.",
                tag = 21,
                mergeKey = "devicePath",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "devicePath")
        List<VolumeDevice> volumeDevices,

        @Field(value = "Tells whether it must be restarted.", tag = 10) @Nullable
        Probe livenessProbe,

        @Field(value = "Tells whether it can be sent requests.", tag = 11) @Nullable
        Probe readinessProbe,

        @Field(value = "Tells when it has started; until then the other probes wait.", tag = 22) @Nullable
        Probe startupProbe,

        @Field(value = "What to do right after its start and before its end.", tag = 12) @Nullable
        Lifecycle lifecycle,

        @Field(value = "The file in which it may leave its last words.", tag = 13)
        String terminationMessagePath,

        @Field(
                value = "Whether its log stands in for last words that are missing.",
                tag = 20,
                enumValues = {TerminationMessagePolicy.FILE, TerminationMessagePolicy.FALLBACK_TO_LOGS_ON_ERROR})
        String terminationMessagePolicy,

        @Field(
                value = "When the image is pulled.",
                tag = 14,
                enumValues = {PullPolicy.ALWAYS, PullPolicy.NEVER, PullPolicy.IF_NOT_PRESENT})
        String imagePullPolicy,

        @Field(value = "Rights and identity, over those of the pod.", tag = 15) @Nullable
        SecurityContext securityContext,

        @Field(value = "Whether its input is kept open.", tag = 16)
        boolean stdin,

        @Field(value = "Whether its input closes after the first client has gone.", tag = 17)
        boolean stdinOnce,

        @Field(value = "Whether it has a terminal.", tag = 18)
        boolean tty)
        implements ContainerBuilder.With {
    public static final Container EMPTY = ContainerBuilder.builder().build();

    public Container {
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
    }
}
