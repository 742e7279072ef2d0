package io.orchestrator.core.registry;

import io.orchestrator.api.meta.GroupResource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.spi.store.StoreKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where objects stand in the store, as kube-apiserver lays them out: its own kinds by their plural alone, {@code
 * /registry/pods/default/web} and {@code /registry/deployments/default/web}, some under a name from before they had the present one
 * ({@code /registry/minions/worker}); definitions of custom resources, and whatever is defined by one, by their group first, {@code
 * /registry/example.com/widgets/default/one}.
 */
public final class StoreKeys {
    private static final String ROOT = "/registry/";

    /** By group, the plurals of Kubernetes' own kinds: whoever defines a resource of such a group must not meet one of another. */
    private static final Map<String, List<String>> OWN = Map.ofEntries(
            Map.entry(
                    "",
                    List.of(
                            "configmaps",
                            "events",
                            "limitranges",
                            "namespaces",
                            "persistentvolumeclaims",
                            "persistentvolumes",
                            "pods",
                            "podtemplates",
                            "resourcequotas",
                            "secrets",
                            "serviceaccounts")),
            Map.entry(
                    "admissionregistration.k8s.io",
                    List.of(
                            "mutatingwebhookconfigurations",
                            "validatingadmissionpolicies",
                            "validatingadmissionpolicybindings",
                            "validatingwebhookconfigurations")),
            Map.entry(
                    "apps", List.of("controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets")),
            Map.entry("autoscaling", List.of("horizontalpodautoscalers")),
            Map.entry("batch", List.of("cronjobs", "jobs")),
            Map.entry("certificates.k8s.io", List.of("certificatesigningrequests")),
            Map.entry("coordination.k8s.io", List.of("leases")),
            Map.entry("discovery.k8s.io", List.of("endpointslices")),
            Map.entry("flowcontrol.apiserver.k8s.io", List.of("flowschemas", "prioritylevelconfigurations")),
            Map.entry("networking.k8s.io", List.of("ingressclasses", "networkpolicies")),
            Map.entry("node.k8s.io", List.of("runtimeclasses")),
            Map.entry("policy", List.of("poddisruptionbudgets")),
            Map.entry(
                    "rbac.authorization.k8s.io",
                    List.of("clusterrolebindings", "clusterroles", "rolebindings", "roles")),
            Map.entry("scheduling.k8s.io", List.of("priorityclasses")),
            Map.entry(
                    "storage.k8s.io",
                    List.of("csidrivers", "csinodes", "csistoragecapacities", "storageclasses", "volumeattachments")));

    /** Kubernetes keeps these where its first versions put them. */
    private static final Map<GroupResource, String> OF_OLD = Map.of(
            new GroupResource("", "endpoints"), "services/endpoints",
            new GroupResource("", "nodes"), "minions",
            new GroupResource("", "replicationcontrollers"), "controllers",
            new GroupResource("", "services"), "services/specs",
            new GroupResource("networking.k8s.io", "ingresses"), "ingress");

    private static final Map<String, Map<String, String>> FOLDERS = folders();

    private StoreKeys() {}

    private static Map<String, Map<String, String>> folders() {
        Map<String, Map<String, String>> folders = new HashMap<>();
        OWN.forEach((group, plurals) -> plurals.forEach(
                plural -> folders.computeIfAbsent(group, any -> new HashMap<>()).put(plural, ROOT + plural)));
        OF_OLD.forEach((resource, folder) -> folders.computeIfAbsent(resource.group(), any -> new HashMap<>())
                .put(resource.resource(), ROOT + folder));
        return folders;
    }

    /** All services of the cluster, for whoever reads the store before a registry stands on it. */
    public static StoreKey services() {
        return folder(Service.TYPE);
    }

    static StoreKey folder(ResourceType<?> type) {
        return folder(type, "");
    }

    /** The folder of a namespace; of the whole kind when it is empty. */
    static StoreKey folder(ResourceType<?> type, String namespace) {
        return key(type, namespace, "");
    }

    // In one concatenation: each request makes a dozen of them.
    static StoreKey key(ResourceType<?> type, String namespace, String name) {
        return new StoreKey(root(type) + (namespace.isEmpty() ? "" : "/") + namespace + "/" + name);
    }

    private static String root(ResourceType<?> type) {
        Map<String, String> own = FOLDERS.get(type.group());
        String folder = own == null ? null : own.get(type.plural());
        if (folder != null) {
            return folder;
        }
        return ROOT + type.group() + (type.group().isEmpty() ? "" : "/") + type.plural();
    }
}
