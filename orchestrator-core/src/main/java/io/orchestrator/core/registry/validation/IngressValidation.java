package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.TypedLocalObjectReference;
import io.orchestrator.api.model.networking.HTTPIngressPath;
import io.orchestrator.api.model.networking.Ingress;
import io.orchestrator.api.model.networking.IngressBackend;
import io.orchestrator.api.model.networking.IngressClass;
import io.orchestrator.api.model.networking.IngressClassParametersReference;
import io.orchestrator.api.model.networking.IngressRule;
import io.orchestrator.api.model.networking.IngressServiceBackend;
import io.orchestrator.api.model.networking.IngressSpec;
import io.orchestrator.api.model.networking.PathType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What must hold of ingresses and their classes. */
public final class IngressValidation {
    private static final Path SPEC = Path.of("spec");
    private static final int CONTROLLER_LENGTH = 250;
    private static final List<String> PATH_TYPES =
            List.of(PathType.EXACT, PathType.IMPLEMENTATION_SPECIFIC, PathType.PREFIX);
    private static final List<String> NOT_IN_PATHS = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> NOT_AT_ENDS = List.of("/..", "/.");

    private IngressValidation() {}

    public static void ingress(Ingress ingress, Violations violations) {
        IngressSpec spec = ingress.spec();
        if (spec.rules().isEmpty() && spec.defaultBackend() == null) {
            violations.invalid(SPEC, "", "either `defaultBackend` or `rules` must be specified");
        }
        for (int i = 0; i < spec.tls().size(); i++) {
            List<String> hosts = spec.tls().get(i).hosts();
            for (int j = 0; j < hosts.size(); j++) {
                host(SPEC.child("tls").index(i).child("hosts").index(j), hosts.get(j), violations);
            }
        }
        if (spec.defaultBackend() != null) {
            backend(spec.defaultBackend(), SPEC.child("defaultBackend"), violations);
        }
        if (spec.ingressClassName() != null) {
            violations.invalid(
                    SPEC.child("ingressClassName"),
                    spec.ingressClassName(),
                    Names.dnsSubdomain(spec.ingressClassName()));
        }
        for (int i = 0; i < spec.rules().size(); i++) {
            rule(spec.rules().get(i), SPEC.child("rules").index(i), violations);
        }
    }

    private static void rule(IngressRule rule, Path at, Violations violations) {
        if (!rule.host().isEmpty()) {
            if (Check.isIp(rule.host())) {
                violations.invalid(at.child("host"), rule.host(), "must be a DNS name, not an IP address");
            } else {
                host(at.child("host"), rule.host(), violations);
            }
        }
        if (rule.http() == null) {
            return;
        }
        List<HTTPIngressPath> paths = rule.http().paths();
        Path field = at.child("http").child("paths");
        if (paths.isEmpty()) {
            violations.required(field);
        }
        for (int i = 0; i < paths.size(); i++) {
            path(paths.get(i), field.index(i), violations);
        }
    }

    private static void host(Path field, String host, Violations violations) {
        String name = host.startsWith("*.") ? host.substring(2) : host;
        if (host.contains("*") && name.contains("*") || host.equals("*")) {
            violations.invalid(
                    field,
                    host,
                    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must"
                            + " consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric"
                            + " character (e.g. '*.example.com')");
        } else {
            violations.invalid(field, host, Names.dnsSubdomain(name));
        }
    }

    private static void path(HTTPIngressPath path, Path at, Violations violations) {
        String type = path.pathType();
        Path field = at.child("path");
        if (type == null) {
            violations.required(at.child("pathType"), "pathType must be specified");
        } else if (!PATH_TYPES.contains(type)) {
            violations.notSupported(at.child("pathType"), type, PATH_TYPES);
        } else if (!type.equals(PathType.IMPLEMENTATION_SPECIFIC)) {
            exact(path.path(), field, violations);
        } else if (!path.path().isEmpty() && !path.path().startsWith("/")) {
            violations.invalid(field, path.path(), "must be an absolute path");
        }
        backend(path.backend(), at.child("backend"), violations);
    }

    private static void exact(String path, Path field, Violations violations) {
        if (!path.startsWith("/")) {
            violations.invalid(field, path, "must be an absolute path");
        }
        for (String part : NOT_IN_PATHS) {
            if (path.contains(part)) {
                violations.invalid(field, path, "must not contain '" + part + "'");
            }
        }
        for (String end : NOT_AT_ENDS) {
            if (path.endsWith(end)) {
                violations.invalid(field, path, "cannot end with '" + end + "'");
            }
        }
    }

    private static void backend(IngressBackend backend, Path at, Violations violations) {
        IngressServiceBackend service = backend.service();
        TypedLocalObjectReference resource = backend.resource();
        if (service != null && resource != null) {
            violations.invalid(at, "", "cannot set both resource and service backends");
        } else if (resource != null) {
            StorageValidation.required(at.child("resource").child("kind"), resource.kind(), violations);
            StorageValidation.required(at.child("resource").child("name"), resource.name(), violations);
        } else if (service != null) {
            service(service, at, violations);
        } else {
            violations.invalid(at, "", "resource or service backend is required");
        }
    }

    private static void service(IngressServiceBackend service, Path at, Violations violations) {
        Path field = at.child("service");
        if (service.name().isEmpty()) {
            violations.required(field.child("name"));
        } else {
            violations.invalid(field.child("name"), service.name(), Names.dns1035Label(service.name()));
        }
        String name = service.port().name();
        int number = service.port().number();
        if (!name.isEmpty() && number != 0) {
            violations.invalid(at, "", "cannot set both port name & port number");
        } else if (!name.isEmpty()) {
            violations.invalid(field.child("port").child("name"), name, Names.portName(name));
        } else if (number != 0) {
            Check.port(field.child("port").child("number"), number, violations);
        } else {
            violations.required(at, "port name or number is required");
        }
    }

    public static void ingressClass(IngressClass type, Violations violations) {
        Path controller = SPEC.child("controller");
        if (type.spec().controller().length() > CONTROLLER_LENGTH) {
            violations.tooLong(controller, CONTROLLER_LENGTH);
        }
        domainPath(controller, type.spec().controller(), violations);
        IngressClassParametersReference parameters = type.spec().parameters();
        if (parameters != null) {
            parameters(parameters, SPEC.child("parameters"), violations);
        }
    }

    private static void parameters(IngressClassParametersReference parameters, Path field, Violations violations) {
        StorageValidation.required(field.child("kind"), parameters.kind(), violations);
        StorageValidation.required(field.child("name"), parameters.name(), violations);
        String scope = parameters.scope();
        String namespace = parameters.namespace();
        if (scope == null) {
            violations.required(field.child("scope"));
            return;
        }
        violations.oneOf(field.child("scope"), scope, List.of("Cluster", "Namespace"));
        if (scope.equals("Namespace") && (namespace == null || namespace.isEmpty())) {
            violations.required(field.child("namespace"), "`parameters.scope` is set to 'Namespace'");
        }
        if (scope.equals("Cluster") && namespace != null) {
            violations.forbidden(field.child("namespace"), "`parameters.scope` is set to 'Cluster'");
        }
    }

    /** A domain and a path below it, as names of controllers are. */
    private static void domainPath(Path field, @Nullable String text, Violations violations) {
        if (text == null || text.isEmpty()) {
            violations.required(field);
            return;
        }
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            violations.invalid(field, text, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        String domain = text.substring(0, slash);
        violations.invalid(field, domain, Names.dnsSubdomain(domain.toLowerCase(Locale.ROOT)));
    }

    public static void ingressClassUpdate(IngressClass wanted, IngressClass current, Violations violations) {
        Check.immutable(
                SPEC.child("controller"),
                wanted.spec().controller(),
                current.spec().controller(),
                violations);
    }
}
