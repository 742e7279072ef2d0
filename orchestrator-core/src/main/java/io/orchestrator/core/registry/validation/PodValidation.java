package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDNSConfig;
import io.orchestrator.api.model.core.PodSecurityContext;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodTemplate;
import io.orchestrator.api.model.core.PodTemplateSpec;
import java.util.List;
import java.util.Set;

/** What must hold of pods and templates of pods. */
public final class PodValidation {
    private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");

    private PodValidation() {}

    public static void pod(Pod pod, Violations violations) {
        spec(pod.spec(), Path.of("spec"), violations);
    }

    public static void podTemplate(PodTemplate template, Violations violations) {
        template(template.template(), Path.of("template"), violations);
    }

    static void template(PodTemplateSpec template, Path field, Violations violations) {
        MetadataValidation.labels(template.metadata().labels(), field.child("labels"), violations);
        MetadataValidation.annotations(template.metadata().annotations(), field.child("annotations"), violations);
        spec(template.spec(), field.child("spec"), violations);
    }

    static void spec(PodSpec spec, Path field, Violations violations) {
        Set<String> volumes = VolumeValidation.all(spec.volumes(), field.child("volumes"), violations);
        ContainerValidation.Surroundings pod = new ContainerValidation.Surroundings(volumes, spec.hostNetwork());
        if (spec.containers().isEmpty()) {
            violations.required(field.child("containers"));
        }
        ContainerValidation.all(spec.containers(), field.child("containers"), pod, false, violations);
        ContainerValidation.all(spec.initContainers(), field.child("initContainers"), pod, true, violations);
        violations.oneOf(field.child("restartPolicy"), spec.restartPolicy(), RESTART_POLICIES);
        ResizeValidation.policies(spec.containers(), field.child("containers"), spec.restartPolicy(), violations);
        ResizeValidation.policies(
                spec.initContainers(), field.child("initContainers"), spec.restartPolicy(), violations);
        dns(spec, field, violations);
        names(spec, field, violations);
        durations(spec, field, violations);
        MetadataValidation.labels(spec.nodeSelector(), field.child("nodeSelector"), violations);
        SchedulingValidation.tolerations(spec.tolerations(), field.child("tolerations"), violations);
        SchedulingValidation.affinity(spec.affinity(), field.child("affinity"), violations);
        SchedulingValidation.spread(
                spec.topologySpreadConstraints(), field.child("topologySpreadConstraints"), violations);
        for (int i = 0; i < spec.hostAliases().size(); i++) {
            String ip = spec.hostAliases().get(i).ip();
            if (!Check.isIp(ip)) {
                violations.invalid(
                        field.child("hostAliases").index(i).child("ip"),
                        ip,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }
        PodSecurityContext security = spec.securityContext();
        if (security != null) {
            Path at = field.child("securityContext");
            SysctlValidation.all(security.sysctls(), spec, at.child("sysctls"), violations);
            ContainerValidation.id(at.child("runAsUser"), security.runAsUser(), violations);
            ContainerValidation.id(at.child("runAsGroup"), security.runAsGroup(), violations);
            ContainerValidation.id(at.child("fsGroup"), security.fsGroup(), violations);
            for (int i = 0; i < security.supplementalGroups().size(); i++) {
                Long group = security.supplementalGroups().get(i);
                ContainerValidation.id(at.child("supplementalGroups").index(i), group, violations);
            }
        }
    }

    private static void dns(PodSpec spec, Path field, Violations violations) {
        violations.oneOf(field.child("dnsPolicy"), spec.dnsPolicy(), DNS_POLICIES);
        PodDNSConfig config = spec.dnsConfig();
        if (spec.dnsPolicy().equals("None")
                && (config == null || config.nameservers().isEmpty())) {
            violations.required(
                    field.child("dnsConfig").child("nameservers"),
                    "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
        if (config != null) {
            for (int i = 0; i < config.nameservers().size(); i++) {
                String server = config.nameservers().get(i);
                if (!Check.isIp(server)) {
                    violations.invalid(
                            field.child("dnsConfig").child("nameservers").index(i),
                            server,
                            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
                }
            }
        }
    }

    private static void names(PodSpec spec, Path field, Violations violations) {
        subdomain(field.child("serviceAccountName"), spec.serviceAccountName(), violations);
        subdomain(field.child("nodeName"), spec.nodeName(), violations);
        subdomain(field.child("priorityClassName"), spec.priorityClassName(), violations);
        subdomain(field.child("schedulerName"), spec.schedulerName(), violations);
        if (!spec.hostname().isEmpty()) {
            violations.invalid(field.child("hostname"), spec.hostname(), Names.dnsLabel(spec.hostname()));
        }
        if (!spec.subdomain().isEmpty()) {
            violations.invalid(field.child("subdomain"), spec.subdomain(), Names.dnsLabel(spec.subdomain()));
        }
    }

    private static void subdomain(Path field, String name, Violations violations) {
        if (!name.isEmpty()) {
            violations.invalid(field, name, Names.dnsSubdomain(name));
        }
    }

    private static void durations(PodSpec spec, Path field, Violations violations) {
        Check.notNegative(
                field.child("terminationGracePeriodSeconds"), spec.terminationGracePeriodSeconds(), violations);
        Long deadline = spec.activeDeadlineSeconds();
        if (deadline != null && (deadline < 1 || deadline > Integer.MAX_VALUE)) {
            violations.invalid(
                    field.child("activeDeadlineSeconds"), deadline, "must be between 1 and 2147483647, inclusive");
        }
    }
}
