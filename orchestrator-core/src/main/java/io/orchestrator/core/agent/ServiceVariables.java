package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The variables by which containers find services without DNS, named as Kubernetes and Docker links name them. Pure. */
final class ServiceVariables {
    private static final String MASTER_NAMESPACE = "default";
    private static final String MASTER_NAME = "kubernetes";

    private ServiceVariables() {}

    /** @param all whether the namespace's services are wanted too, not only the API's */
    static Map<String, String> of(List<Service> services, String namespace, boolean all) {
        Map<String, String> variables = new TreeMap<>();
        services.stream()
                .filter(ServiceVariables::hasClusterIp)
                .filter(service -> isMaster(service)
                        || (all && service.metadata().namespace().equals(namespace)))
                .sorted(Comparator.comparing(service -> isMaster(service) ? 0 : 1))
                .forEach(service -> add(variables, service));
        return variables;
    }

    private static boolean isMaster(Service service) {
        return service.metadata().namespace().equals(MASTER_NAMESPACE)
                && service.metadata().name().equals(MASTER_NAME);
    }

    private static boolean hasClusterIp(Service service) {
        String ip = service.spec().clusterIP();
        return !ip.isEmpty() && !ip.equals("None") && !service.spec().ports().isEmpty();
    }

    private static void add(Map<String, String> variables, Service service) {
        String prefix = name(service.metadata().name());
        String ip = service.spec().clusterIP();
        List<ServicePort> ports = service.spec().ports();
        variables.put(prefix + "_SERVICE_HOST", ip);
        variables.put(prefix + "_SERVICE_PORT", String.valueOf(ports.get(0).port()));
        variables.put(prefix + "_PORT", url(ports.get(0), ip));
        for (ServicePort port : ports) {
            if (!port.name().isEmpty()) {
                variables.put(prefix + "_SERVICE_PORT_" + name(port.name()), String.valueOf(port.port()));
            }
            String own = prefix + "_PORT_" + port.port() + "_" + protocol(port).toUpperCase(Locale.ROOT);
            variables.put(own, url(port, ip));
            variables.put(own + "_PROTO", protocol(port));
            variables.put(own + "_PORT", String.valueOf(port.port()));
            variables.put(own + "_ADDR", ip);
        }
    }

    private static String url(ServicePort port, String ip) {
        return protocol(port) + "://" + ip + ":" + port.port();
    }

    private static String protocol(ServicePort port) {
        return port.protocol().isEmpty() ? "tcp" : port.protocol().toLowerCase(Locale.ROOT);
    }

    private static String name(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
