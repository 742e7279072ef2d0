package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A container that is added to a running pod to look into it.")
@RecordBuilder
public record EphemeralContainer(
        @Field(value = "The name, unique within the pod.", tag = 1, within = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The image that it is made from.", tag = 2, within = 1)
        String image,

        @Field(
                value = "The program and its first arguments; empty takes the image's entry point.",
                tag = 3,
                within = 1,
                listType = ListType.ATOMIC)
        List<String> command,

        @Field(
                value = "The arguments of the program; empty takes those of the image.",
                tag = 4,
                within = 1,
                listType = ListType.ATOMIC)
        List<String> args,

        @Field(value = "The directory that it starts in; empty takes that of the image.", tag = 5, within = 1)
        String workingDir,

        @Field(
                value = "Not allowed here.",
                tag = 6,
                within = 1,
                mergeKey = "containerPort",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = {"containerPort", "protocol"})
        List<ContainerPort> ports,

        @Field(value = "Sources whose every key becomes a variable.", tag = 19, within = 1, listType = ListType.ATOMIC)
        List<EnvFromSource> envFrom,

        @Field(
                value = "The variables of its environment.",
                tag = 7,
                within = 1,
                mergeKey = "name",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "name")
        List<EnvVar> env,

        @Field(value = "Not allowed here.", tag = 8, within = 1)
        ResourceRequirements resources,

        @Field(value = "Not allowed here.", tag = 23, within = 1, listType = ListType.ATOMIC)
        List<ContainerResizePolicy> resizePolicy,

        @Field(value = "Not allowed here.", tag = 24, within = 1) @Nullable
        String restartPolicy,

        @Field(
                value = "The volumes that it sees, and where.",
                tag = 9,
                within = 1,
                mergeKey = "mountPath",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "mountPath")
        List<VolumeMount> volumeMounts,

        @Field(
                value = "The raw devices that it sees, and where.",
                tag = 21,
                within = 1,
                mergeKey = "devicePath",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "devicePath")
        List<VolumeDevice> volumeDevices,

        @Field(value = "Not allowed here.", tag = 10, within = 1) @Nullable
        Probe livenessProbe,

        @Field(value = "Not allowed here.", tag = 11, within = 1) @Nullable
        Probe readinessProbe,

        @Field(value = "Not allowed here.", tag = 22, within = 1) @Nullable
        Probe startupProbe,

        @Field(value = "Not allowed here.", tag = 12, within = 1) @Nullable
        Lifecycle lifecycle,

        @Field(value = "The file in which it may leave its last words.", tag = 13, within = 1)
        String terminationMessagePath,

        @Field(
                value = "Whether its log stands in for last words that are missing.",
                tag = 20,
                within = 1,
                enumValues = {TerminationMessagePolicy.FILE, TerminationMessagePolicy.FALLBACK_TO_LOGS_ON_ERROR})
        String terminationMessagePolicy,

        @Field(
                value = "When the image is pulled.",
                tag = 14,
                within = 1,
                enumValues = {PullPolicy.ALWAYS, PullPolicy.NEVER, PullPolicy.IF_NOT_PRESENT})
        String imagePullPolicy,

        @Field(value = "Rights and identity, over those of the pod.", tag = 15, within = 1) @Nullable
        SecurityContext securityContext,

        @Field(value = "Whether its input is kept open.", tag = 16, within = 1)
        boolean stdin,

        @Field(value = "Whether its input closes after the first client has gone.", tag = 17, within = 1)
        boolean stdinOnce,

        @Field(value = "Whether it has a terminal.", tag = 18, within = 1)
        boolean tty,

        @Field(value = "The container whose processes it sees.", tag = 2)
        String targetContainerName)
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

    /** All that it has in common with the containers that a pod is made with. */
    public Container asContainer() {
        return ContainerBuilder.builder()
                .name(name)
                .image(image)
                .command(command)
                .args(args)
                .workingDir(workingDir)
                .ports(ports)
                .envFrom(envFrom)
                .env(env)
                .resources(resources)
                .resizePolicy(resizePolicy)
                .restartPolicy(restartPolicy)
                .volumeMounts(volumeMounts)
                .volumeDevices(volumeDevices)
                .livenessProbe(livenessProbe)
                .readinessProbe(readinessProbe)
                .startupProbe(startupProbe)
                .lifecycle(lifecycle)
                .terminationMessagePath(terminationMessagePath)
                .terminationMessagePolicy(terminationMessagePolicy)
                .imagePullPolicy(imagePullPolicy)
                .securityContext(securityContext)
                .stdin(stdin)
                .stdinOnce(stdinOnce)
                .tty(tty)
                .build();
    }
}
