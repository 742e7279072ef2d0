package io.orchestrator.core.registry.admission.security;

import io.orchestrator.api.client.Cause;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodTemplate;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.core.registry.Failures;
import io.orchestrator.core.registry.admission.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses pods beyond the level that their namespace enforces, and warns of pods and templates beyond the level that it warns
 * of. There is one version of the standard here; labels may name others, which mean the same. What {@code audit} asks for is
 * not noted anywhere: there is no audit log.
 */
public final class PodSecurity implements Admission {
    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final String ENFORCE = "enforce";
    private static final String WARN = "warn";
    private static final List<String> MODES = List.of(ENFORCE, WARN, "audit");
    private static final String LATEST = "latest";

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        T object = request.object();
        if (object == null || request.operation() == Operation.DELETE) {
            return;
        }
        if (object instanceof Namespace namespace && request.isOfObject()) {
            checkLabels(request, namespace);
        } else if (object instanceof Pod pod) {
            boolean created = request.operation() == Operation.CREATE && request.isOfObject();
            boolean joined = request.current() instanceof Pod current
                    && !current.spec().ephemeralContainers().equals(pod.spec().ephemeralContainers());
            if (created || joined) {
                checkPod(request, pod.spec(), lookup);
            }
        } else if (request.isOfObject()) {
            PodTemplateSpec template = template(object);
            boolean changed =
                    template != null && (request.current() == null || !template.equals(template(request.current())));
            if (template != null && changed) {
                warn(request, template.spec(), labels(request, lookup));
            }
        }
    }

    private static void checkPod(Request<?> request, PodSpec spec, Lookup lookup) {
        Map<String, String> labels = labels(request, lookup);
        String violated = violation(labels, ENFORCE, spec);
        if (!violated.isEmpty()) {
            throw request.denied("violates PodSecurity " + violated);
        }
        warn(request, spec, labels);
    }

    private static void warn(Request<?> request, PodSpec spec, Map<String, String> labels) {
        String violated = violation(labels, WARN, spec);
        if (!violated.isEmpty()) {
            request.caller().warnings().accept("would violate PodSecurity " + violated);
        }
    }

    /** {@code "restricted:latest": what is wrong}; empty when nothing is. */
    private static String violation(Map<String, String> labels, String mode, PodSpec spec) {
        Optional<SecurityLevel> level =
                Optional.ofNullable(labels.get(PREFIX + mode)).flatMap(SecurityLevel::of);
        if (level.isEmpty()) {
            return "";
        }
        List<Finding> findings = level.get().findings(spec);
        String version = labels.getOrDefault(PREFIX + mode + "-version", LATEST);
        return findings.isEmpty()
                ? ""
                : "\"" + level.get().label() + ":" + version + "\": "
                        + findings.stream().map(Finding::toString).collect(Collectors.joining(", "));
    }

    private static Map<String, String> labels(Request<?> request, Lookup lookup) {
        return lookup.known(Namespace.TYPE, "", request.namespace())
                .map(namespace -> namespace.metadata().labels())
                .orElse(Map.of());
    }

    private static void checkLabels(Request<?> request, Namespace namespace) {
        List<Cause> causes = new ArrayList<>();
        Map<String, String> before = request.current() == null
                ? Map.of()
                : request.current().metadata().labels();
        for (String mode : MODES) {
            String key = PREFIX + mode;
            String level = namespace.metadata().labels().get(key);
            if (level != null
                    && !level.equals(before.get(key))
                    && SecurityLevel.of(level).isEmpty()) {
                causes.add(new Cause(
                        "FieldValueInvalid",
                        "metadata.labels[" + key + "]",
                        "Invalid value: \"" + level + "\": must be one of privileged, baseline, restricted"));
            }
        }
        if (!causes.isEmpty()) {
            throw Failures.invalid(request.type(), request.name(), causes);
        }
    }

    private static @Nullable PodTemplateSpec template(Resource object) {
        if (object instanceof Deployment deployment) {
            return deployment.spec().template();
        }
        if (object instanceof ReplicaSet set) {
            return set.spec().template();
        }
        if (object instanceof StatefulSet set) {
            return set.spec().template();
        }
        if (object instanceof DaemonSet set) {
            return set.spec().template();
        }
        if (object instanceof Job job) {
            return job.spec().template();
        }
        if (object instanceof CronJob job) {
            return job.spec().jobTemplate().spec().template();
        }
        if (object instanceof ReplicationController controller) {
            return controller.spec().template();
        }
        return object instanceof PodTemplate template ? template.template() : null;
    }
}
