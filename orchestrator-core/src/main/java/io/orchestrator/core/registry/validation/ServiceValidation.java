package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.ClientIPConfig;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServiceSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of services. */
public final class ServiceValidation {
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> AFFINITIES = List.of("ClientIP", "None");
    private static final List<String> POLICIES = List.of("Cluster", "Local");
    private static final String FAMILY = "IPv4";
    private static final List<String> FAMILIES = List.of(FAMILY, "IPv6");
    private static final List<String> FAMILY_POLICIES = List.of("PreferDualStack", "RequireDualStack", "SingleStack");
    private static final int MAX_AFFINITY_SECONDS = 86_400;
    private static final String SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private static final Path SPEC = Path.of("spec");

    private ServiceValidation() {}

    public static void service(Service service, Violations violations) {
        ServiceSpec spec = service.spec();
        boolean headless = spec.clusterIP().equals("None");
        boolean external = spec.type().equals("ExternalName");
        violations.oneOf(SPEC.child("type"), spec.type(), TYPES);
        violations.oneOf(SPEC.child("sessionAffinity"), spec.sessionAffinity(), AFFINITIES);
        if (spec.trafficDistribution() != null) {
            violations.oneOf(SPEC.child("trafficDistribution"), spec.trafficDistribution(), List.of("PreferClose"));
        }
        MetadataValidation.labels(spec.selector(), SPEC.child("selector"), violations);
        if (spec.ports().isEmpty() && !headless && !external) {
            violations.required(SPEC.child("ports"));
        }
        if (spec.type().equals("LoadBalancer") && headless) {
            violations.invalid(
                    SPEC.child("clusterIPs").index(0), "None", "may not be set to 'None' for LoadBalancer services");
        }
        if (spec.type().equals("NodePort") && headless) {
            violations.invalid(
                    SPEC.child("clusterIPs").index(0), "None", "may not be set to 'None' for NodePort services");
        }
        addresses(spec, external, violations);
        families(spec, headless && spec.selector().isEmpty(), violations);
        ports(spec, violations);
        sourceRanges(service, violations);
        timeout(spec, violations);
        if (!spec.externalTrafficPolicy().isEmpty()) {
            violations.oneOf(SPEC.child("externalTrafficPolicy"), spec.externalTrafficPolicy(), POLICIES);
        }
        if (spec.internalTrafficPolicy() != null) {
            violations.oneOf(SPEC.child("internalTrafficPolicy"), spec.internalTrafficPolicy(), POLICIES);
        }
    }

    private static void addresses(ServiceSpec spec, boolean external, Violations violations) {
        if (external) {
            if (!spec.clusterIP().isEmpty()) {
                violations.forbidden(SPEC.child("clusterIPs"), "may not be set when `type` is 'ExternalName'");
            }
            String name = spec.externalName().endsWith(".")
                    ? spec.externalName().substring(0, spec.externalName().length() - 1)
                    : spec.externalName();
            if (name.isEmpty()) {
                violations.required(SPEC.child("externalName"));
            } else {
                violations.invalid(SPEC.child("externalName"), spec.externalName(), Names.dnsSubdomain(name));
            }
        }
        for (int i = 0; i < spec.clusterIPs().size(); i++) {
            String ip = spec.clusterIPs().get(i);
            if (!(i == 0 && ip.equals("None")) && !Check.isIp(ip)) {
                violations.invalid(
                        SPEC.child("clusterIPs").index(i),
                        ip,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }
        if (!spec.clusterIPs().isEmpty() && !spec.clusterIPs().get(0).equals(spec.clusterIP())) {
            violations.invalid(SPEC.child("clusterIPs"), spec.clusterIPs(), "first value must match `clusterIP`");
        }
        for (int i = 0; i < spec.externalIPs().size(); i++) {
            String ip = spec.externalIPs().get(i);
            if (!Check.isIp(ip)) {
                violations.invalid(
                        SPEC.child("externalIPs").index(i),
                        ip,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }
    }

    /** The cluster gives addresses of one family. @param named whether the service is but a name for what is elsewhere */
    private static void families(ServiceSpec spec, boolean named, Violations violations) {
        String policy = spec.ipFamilyPolicy();
        Path field = SPEC.child("ipFamilyPolicy");
        if (policy != null && !FAMILY_POLICIES.contains(policy)) {
            violations.oneOf(field, policy, FAMILY_POLICIES);
        } else if ("RequireDualStack".equals(policy) && !named) {
            violations.invalid(field, policy, "this cluster is not configured for dual-stack services");
        }
        for (int i = 0; i < spec.ipFamilies().size(); i++) {
            String family = spec.ipFamilies().get(i);
            Path at = SPEC.child("ipFamilies").index(i);
            if (!FAMILIES.contains(family)) {
                violations.oneOf(at, family, FAMILIES);
            } else if (!family.equals(FAMILY) && !named) {
                violations.invalid(at, family, "not configured on this cluster");
            }
        }
    }

    private static void ports(ServiceSpec spec, Violations violations) {
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        Set<String> nodePorts = new HashSet<>();
        for (int i = 0; i < spec.ports().size(); i++) {
            ServicePort port = spec.ports().get(i);
            Path at = SPEC.child("ports").index(i);
            if (port.name().isEmpty()) {
                if (spec.ports().size() > 1) {
                    violations.required(at.child("name"));
                }
            } else {
                violations.invalid(at.child("name"), port.name(), Names.dnsLabel(port.name()));
                if (!names.add(port.name())) {
                    violations.duplicate(at.child("name"), port.name());
                }
            }
            Check.port(at.child("port"), port.port(), violations);
            violations.oneOf(at.child("protocol"), port.protocol(), Check.PROTOCOLS);
            Check.port(at.child("targetPort"), port.targetPort(), violations);
            if (!numbers.add(port.protocol() + "/" + port.port())) {
                violations.duplicate(at, port.protocol() + "/" + port.port());
            }
            if (port.nodePort() != 0) {
                if (!spec.type().equals("NodePort") && !spec.type().equals("LoadBalancer")) {
                    violations.forbidden(at.child("nodePort"), "may not be used when `type` is '" + spec.type() + "'");
                } else if (!nodePorts.add(port.protocol() + "/" + port.nodePort())) {
                    violations.duplicate(at.child("nodePort"), port.nodePort());
                }
            }
        }
    }

    private static void sourceRanges(Service service, Violations violations) {
        ServiceSpec spec = service.spec();
        // Kubernetes spells the field so in what it answers.
        Path field = SPEC.child("LoadBalancerSourceRanges");
        if (!spec.loadBalancerSourceRanges().isEmpty() && !spec.type().equals("LoadBalancer")) {
            violations.forbidden(field, "may only be used when `type` is 'LoadBalancer'");
        }
        for (int i = 0; i < spec.loadBalancerSourceRanges().size(); i++) {
            Check.cidr(field.index(i), spec.loadBalancerSourceRanges().get(i).strip(), violations);
        }
        String annotated = service.metadata().annotations().getOrDefault(SOURCE_RANGES, "");
        if (spec.loadBalancerSourceRanges().isEmpty() && !annotated.isBlank()) {
            Path annotation = Path.of("metadata").child("annotations").key(SOURCE_RANGES);
            if (!spec.type().equals("LoadBalancer")) {
                violations.forbidden(annotation, "may only be used when `type` is 'LoadBalancer'");
            }
            for (String range : annotated.split(",")) {
                Check.cidr(annotation, range.strip(), violations);
            }
        }
    }

    private static void timeout(ServiceSpec spec, Violations violations) {
        if (spec.sessionAffinityConfig() == null) {
            return;
        }
        Path field = SPEC.child("sessionAffinityConfig").child("clientIP");
        ClientIPConfig client = spec.sessionAffinityConfig().clientIP();
        Integer seconds = client == null ? null : client.timeoutSeconds();
        if (seconds == null) {
            violations.required(field, "when session affinity type is ClientIP");
        } else if (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS) {
            violations.invalid(
                    field.child("timeoutSeconds"),
                    seconds,
                    "must be greater than 0 and less than " + MAX_AFFINITY_SECONDS);
        }
    }
}
