package io.orchestrator.core.quota;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.ResourceQuotaSpec;
import io.orchestrator.api.model.core.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an object costs the quotas of its namespace, by the names that quotas bound. */
public final class QuotaUsage {
    /** Kinds of the core group that are counted under their plain name as well. */
    private static final Set<String> COUNTED = Set.of(
            "configmaps", "secrets", "replicationcontrollers", "resourcequotas", "services", "persistentvolumeclaims");

    private static final String STORAGE = "requests.storage";

    private QuotaUsage() {}

    /** What the object costs this quota: nothing where the quota's scopes leave it out. */
    public static <T extends Resource> Map<String, Quantity> of(
            ResourceType<T> type, @Nullable Resource object, ResourceQuotaSpec quota) {
        if (object == null || !QuotaScopes.include(quota, object)) {
            return Map.of();
        }
        Map<String, Quantity> cost = new LinkedHashMap<>(cost(type, object));
        cost.keySet().retainAll(quota.hard().keySet());
        return cost;
    }

    /** Whether objects of the kind can cost the quota anything. */
    public static boolean concerns(ResourceType<?> type, ResourceQuota quota) {
        Set<String> bounded = quota.spec().hard().keySet();
        if (bounded.contains(counted(type))) {
            return true;
        }
        if (!type.group().isEmpty()) {
            return false;
        }
        return switch (type.plural()) {
            case "pods" -> bounded.stream().anyMatch(QuotaUsage::isOfPods);
            case "services" -> bounded.stream().anyMatch(name -> name.startsWith("services"));
            case "persistentvolumeclaims" ->
                bounded.stream()
                        .anyMatch(name -> name.equals(STORAGE)
                                || name.equals("persistentvolumeclaims")
                                || name.contains(".storageclass.storage.k8s.io/"));
            default -> COUNTED.contains(type.plural()) && bounded.contains(type.plural());
        };
    }

    /** What a quota bounds and a pod's containers leave open, one text for each; none of it may be left open. */
    public static List<String> unspecified(Resource object, ResourceQuotaSpec quota) {
        return object instanceof Pod pod && QuotaScopes.include(quota, pod)
                ? PodCost.unspecified(pod, quota.hard().keySet())
                : List.of();
    }

    private static boolean isOfPods(String name) {
        return name.equals("pods")
                || name.equals("cpu")
                || name.equals("memory")
                || name.equals("ephemeral-storage")
                || name.startsWith("limits.")
                || name.startsWith("hugepages-")
                || (name.startsWith("requests.") && !name.equals(STORAGE));
    }

    private static <T extends Resource> Map<String, Quantity> cost(ResourceType<T> type, Resource object) {
        Map<String, Quantity> cost = new LinkedHashMap<>();
        cost.put(counted(type), Quantity.of(1));
        if (type.group().isEmpty() && COUNTED.contains(type.plural())) {
            cost.put(type.plural(), Quantity.of(1));
        }
        if (object instanceof Pod pod) {
            cost.putAll(PodCost.of(pod));
        } else if (object instanceof Service service) {
            addService(service, cost);
        } else if (object instanceof PersistentVolumeClaim claim) {
            addClaim(claim, cost);
        }
        return cost;
    }

    private static void addService(Service service, Map<String, Quantity> cost) {
        String type = service.spec().type();
        boolean balanced = type.equals("LoadBalancer");
        boolean ported = type.equals("NodePort")
                || (balanced && !Boolean.FALSE.equals(service.spec().allocateLoadBalancerNodePorts()));
        if (balanced) {
            cost.put("services.loadbalancers", Quantity.of(1));
        }
        if (ported) {
            cost.put("services.nodeports", Quantity.of(service.spec().ports().size()));
        }
    }

    private static void addClaim(PersistentVolumeClaim claim, Map<String, Quantity> cost) {
        Quantity size = claim.spec().resources().requests().getOrDefault("storage", Quantity.ZERO);
        cost.put(STORAGE, size);
        String name = claim.spec().storageClassName();
        if (name != null && !name.isEmpty()) {
            cost.put(name + ".storageclass.storage.k8s.io/" + STORAGE, size);
            cost.put(name + ".storageclass.storage.k8s.io/persistentvolumeclaims", Quantity.of(1));
        }
    }

    private static String counted(ResourceType<?> type) {
        return "count/" + type.plural() + (type.group().isEmpty() ? "" : "." + type.group());
    }
}
