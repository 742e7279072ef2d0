package io.orchestrator.core.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.SandboxSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of sandboxes and containers as bytes. They are read by the names of the records' components, and written by
 * hand: each pod has both written once, where to find out by reflection what there is to write took as long as all else that is done
 * for its files. Stateless.
 */
final class StateJson {
    private static final int USUAL_SIZE = 2048;

    private final JsonFactory json = new JsonFactory();

    private interface Content {
        void writeTo(JsonGenerator out) throws IOException;
    }

    byte[] of(ProcessSandbox sandbox) throws IOException {
        return object(out -> {
            out.writeFieldName("spec");
            spec(out, sandbox.spec());
            out.writeStringField("address", sandbox.address());
            out.writeBooleanField("stopped", sandbox.stopped());
            out.writeStringField("createdAt", sandbox.createdAt());
            out.writeStringField("boot", sandbox.boot());
        });
    }

    byte[] of(ProcessContainer.Stored container) throws IOException {
        return object(out -> {
            out.writeFieldName("spec");
            spec(out, container.spec());
            out.writeStringField("createdAt", container.createdAt());
            strings(out, "command", container.command());
            mounts(out, "podFiles", container.files());
        });
    }

    private byte[] object(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            content.writeTo(out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void spec(JsonGenerator out, SandboxSpec spec) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", spec.id());
        out.writeNumberField("attempt", spec.attempt());
        pod(out, spec.pod());
        out.writeStringField("hostname", spec.hostname());
        out.writeStringField("domain", spec.domain());
        out.writeObjectFieldStart("dns");
        strings(out, "servers", spec.dns().servers());
        strings(out, "searches", spec.dns().searches());
        strings(out, "options", spec.dns().options());
        out.writeEndObject();
        out.writeObjectFieldStart("hosts");
        for (Map.Entry<String, List<String>> host : spec.hosts().entrySet()) {
            strings(out, host.getKey(), host.getValue());
        }
        out.writeEndObject();
        out.writeArrayFieldStart("portMappings");
        for (SandboxSpec.PortMapping port : spec.portMappings()) {
            out.writeStartObject();
            out.writeStringField("hostIp", port.hostIp());
            out.writeNumberField("hostPort", port.hostPort());
            out.writeNumberField("containerPort", port.containerPort());
            out.writeStringField("protocol", port.protocol());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectFieldStart("namespaces");
        out.writeBooleanField("hostNetwork", spec.namespaces().hostNetwork());
        out.writeBooleanField("hostPid", spec.namespaces().hostPid());
        out.writeBooleanField("hostIpc", spec.namespaces().hostIpc());
        out.writeBooleanField("sharedPid", spec.namespaces().sharedPid());
        out.writeEndObject();
        out.writeStringField("cgroupParent", spec.cgroupParent());
        strings(out, "sysctls", spec.sysctls());
        strings(out, "labels", spec.labels());
        strings(out, "annotations", spec.annotations());
        out.writeEndObject();
    }

    private static void spec(JsonGenerator out, ContainerSpec spec) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", spec.id());
        out.writeStringField("sandboxId", spec.sandboxId());
        out.writeStringField("targetId", spec.targetId());
        pod(out, spec.pod());
        out.writeStringField("name", spec.name());
        out.writeNumberField("attempt", spec.attempt());
        out.writeStringField("image", spec.image());
        out.writeStringField("imageId", spec.imageId());
        strings(out, "command", spec.command());
        strings(out, "args", spec.args());
        strings(out, "env", spec.env());
        out.writeStringField("workingDir", spec.workingDir());
        mounts(out, "mounts", spec.mounts());
        out.writeObjectFieldStart("resources");
        out.writeNumberField("cpuShares", spec.resources().cpuShares());
        out.writeNumberField("cpuQuotaMillis", spec.resources().cpuQuotaMillis());
        out.writeNumberField("memoryLimitBytes", spec.resources().memoryLimitBytes());
        out.writeNumberField("oomScoreAdj", spec.resources().oomScoreAdj());
        out.writeEndObject();
        out.writeFieldName("security");
        security(out, spec.security());
        out.writeBooleanField("tty", spec.tty());
        out.writeBooleanField("stdin", spec.stdin());
        out.writeBooleanField("stdinOnce", spec.stdinOnce());
        out.writeStringField("stopSignal", spec.stopSignal());
        strings(out, "labels", spec.labels());
        strings(out, "annotations", spec.annotations());
        out.writeEndObject();
    }

    private static void security(JsonGenerator out, ContainerSpec.Security security) throws IOException {
        out.writeStartObject();
        number(out, "runAsUser", security.runAsUser());
        number(out, "runAsGroup", security.runAsGroup());
        out.writeArrayFieldStart("supplementalGroups");
        for (long group : security.supplementalGroups()) {
            out.writeNumber(group);
        }
        out.writeEndArray();
        out.writeBooleanField("privileged", security.privileged());
        out.writeBooleanField("readOnlyRootFilesystem", security.readOnlyRootFilesystem());
        out.writeBooleanField("allowPrivilegeEscalation", security.allowPrivilegeEscalation());
        strings(out, "addCapabilities", security.addCapabilities());
        strings(out, "dropCapabilities", security.dropCapabilities());
        out.writeStringField("seccompProfile", security.seccompProfile());
        out.writeStringField("appArmorProfile", security.appArmorProfile());
        out.writeEndObject();
    }

    private static void pod(JsonGenerator out, PodIdentity pod) throws IOException {
        out.writeObjectFieldStart("pod");
        out.writeStringField("namespace", pod.namespace());
        out.writeStringField("name", pod.name());
        out.writeStringField("uid", pod.uid());
        out.writeEndObject();
    }

    private static void mounts(JsonGenerator out, String name, List<ContainerSpec.Mount> mounts) throws IOException {
        out.writeArrayFieldStart(name);
        for (ContainerSpec.Mount mount : mounts) {
            out.writeStartObject();
            out.writeStringField("hostPath", mount.hostPath());
            out.writeStringField("containerPath", mount.containerPath());
            out.writeBooleanField("readOnly", mount.readOnly());
            out.writeStringField("propagation", mount.propagation().name());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void strings(JsonGenerator out, String name, List<String> all) throws IOException {
        out.writeArrayFieldStart(name);
        for (String each : all) {
            out.writeString(each);
        }
        out.writeEndArray();
    }

    private static void strings(JsonGenerator out, String name, Map<String, String> all) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, String> each : all.entrySet()) {
            out.writeStringField(each.getKey(), each.getValue());
        }
        out.writeEndObject();
    }

    private static void number(JsonGenerator out, String name, @Nullable Long value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, value);
        }
    }
}
