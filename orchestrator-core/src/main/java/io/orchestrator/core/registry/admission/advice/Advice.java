package io.orchestrator.core.registry.admission.advice;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodTemplate;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.networking.Ingress;
import io.orchestrator.core.recall.MadeOf;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.validation.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Warns of what objects say that are created, and of what they say after a change of their specs. Pods hear of it when they are
 * created only: changes of theirs are not made by people. Thread-safe.
 */
public final class Advice implements Admission {
    private static final Path SPEC = Path.of("spec");

    private final MadeOf<PodSpec, List<String>> ofPods = new MadeOf<>();

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        T object = request.object();
        boolean written = request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (object == null || !written || !request.isOfObject()) {
            return;
        }
        boolean created = request.operation() == Operation.CREATE;
        if (object instanceof Pod pod) {
            if (created) {
                pod(pod).forEach(request.caller().warnings());
            }
            return;
        }
        List<String> found = new ArrayList<>();
        if (created && namesPods(object)) {
            name(object, "Pod names and hostnames", found);
        }
        if (created || !said(object).equals(said(request.current()))) {
            of(object, found);
        }
        if (created && object instanceof Ingress ingress) {
            ObjectAdvice.ingress(ingress, found);
        }
        found.forEach(request.caller().warnings());
    }

    private List<String> pod(Pod pod) {
        List<String> ofSpec = ofPods.of(pod.spec(), spec -> {
            List<String> found = new ArrayList<>();
            PodAdvice.spec(spec, SPEC, found);
            return List.copyOf(found);
        });
        List<String> found = new ArrayList<>(ofSpec);
        name(pod, "the Pod's hostname", found);
        PodAdvice.annotations(pod.metadata(), pod.spec(), Path.of("metadata"), found);
        return found;
    }

    private static boolean namesPods(Resource object) {
        return object instanceof Deployment
                || object instanceof ReplicaSet
                || object instanceof ReplicationController
                || object instanceof StatefulSet
                || object instanceof Job
                || object instanceof CronJob;
    }

    private static void name(Resource object, String use, List<String> found) {
        List<String> reasons = Names.dnsLabel(object.metadata().name());
        if (!reasons.isEmpty()) {
            found.add("metadata.name: this is used in " + use
                    + ", which can result in surprising behavior; a DNS label is recommended: ["
                    + String.join(" ", reasons) + "]");
        }
    }

    /** What there is to warn of again when it has changed. */
    private static List<Object> said(@Nullable Resource object) {
        PodTemplateSpec template = object == null ? null : template(object);
        if (template != null) {
            return List.of(template);
        }
        if (object instanceof Service service) {
            return List.of(service.spec(), service.metadata().annotations());
        }
        if (object instanceof PersistentVolume volume) {
            return List.of(volume.spec(), volume.metadata().annotations());
        }
        if (object instanceof PersistentVolumeClaim claim) {
            return List.of(claim.spec(), claim.metadata().annotations());
        }
        return List.of();
    }

    private static void of(Resource object, List<String> found) {
        PodTemplateSpec template = template(object);
        if (template != null) {
            Path path = path(object);
            PodAdvice.spec(template.spec(), path.child("spec"), found);
            PodAdvice.annotations(template.metadata(), template.spec(), path.child("metadata"), found);
        } else if (object instanceof Service service) {
            ObjectAdvice.service(service, found);
        } else if (object instanceof PersistentVolume volume) {
            ObjectAdvice.volume(volume, found);
        } else if (object instanceof PersistentVolumeClaim claim) {
            ObjectAdvice.claim(claim, found);
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

    private static Path path(Resource object) {
        if (object instanceof PodTemplate) {
            return Path.of("template");
        }
        Path path = object instanceof CronJob ? SPEC.child("jobTemplate").child("spec") : SPEC;
        return path.child("template");
    }
}
