package io.orchestrator.core.patch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a strategic merge patch means, written down a second time: on plain maps, and by a table that is copied from no schema.
 * It is as slow and as plain as it can be.
 */
final class StrategicOracle {
    /** The key of each list that is merged, by the end of the way to it; empty for lists of plain values. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("metadata.finalizers", ""),
            Map.entry("metadata.ownerReferences", "uid"),
            Map.entry("spec.containers", "name"),
            Map.entry("spec.initContainers", "name"),
            Map.entry("spec.ephemeralContainers", "name"),
            Map.entry("spec.volumes", "name"),
            Map.entry("spec.imagePullSecrets", "name"),
            Map.entry("spec.hostAliases", "ip"),
            Map.entry("spec.topologySpreadConstraints", "topologyKey"),
            Map.entry("spec.schedulingGates", "name"),
            Map.entry("spec.resourceClaims", "name"),
            Map.entry("spec.podCIDRs", ""),
            Map.entry("ontainers.env", "name"),
            Map.entry("ontainers.ports", "containerPort"),
            Map.entry("ontainers.volumeMounts", "mountPath"),
            Map.entry("ontainers.volumeDevices", "devicePath"),
            Map.entry("Service.spec.ports", "port"),
            Map.entry("ServiceAccount.secrets", "name"),
            Map.entry("ServiceAccount.imagePullSecrets", "name"),
            Map.entry("status.conditions", "type"),
            Map.entry("status.addresses", "type"),
            Map.entry("status.podIPs", "ip"),
            Map.entry("status.hostIPs", "ip"));

    private StrategicOracle() {}

    /** @return null where the list is replaced as a whole */
    static @Nullable String key(String path) {
        return KEYS.entrySet().stream()
                .filter(each -> path.endsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** @param path the names on the way, dots between them, the kind before all */
    static Map<String, Object> merged(Map<String, Object> live, Map<String, Object> patch, String path) {
        if ("replace".equals(patch.get("$patch"))) {
            return plain(patch);
        }
        if ("delete".equals(patch.get("$patch"))) {
            return new LinkedHashMap<>();
        }
        Map<String, Object> result = new LinkedHashMap<>(live);
        if (patch.get("$retainKeys") instanceof List<?> kept) {
            result.keySet().removeIf(name -> !kept.contains(name));
        }
        for (Map.Entry<String, Object> each : patch.entrySet()) {
            String name = each.getKey();
            if (name.startsWith("$deleteFromPrimitiveList/")) {
                String list = name.substring(name.indexOf('/') + 1);
                if (result.get(list) instanceof List<?> values) {
                    List<Object> left = new ArrayList<>(values);
                    left.removeAll((List<?>) each.getValue());
                    result.put(list, left);
                }
            }
        }
        for (Map.Entry<String, Object> each : patch.entrySet()) {
            String name = each.getKey();
            Object wanted = each.getValue();
            if (name.startsWith("$")) {
                continue;
            }
            if (wanted == null) {
                result.remove(name);
            } else {
                result.put(name, value(result.get(name), wanted, path + "." + name));
            }
        }
        patch.forEach((name, order) -> {
            if (name.startsWith("$setElementOrder/")) {
                String list = name.substring(name.indexOf('/') + 1);
                String key = key(path + "." + list);
                if (key != null && result.get(list) instanceof List<?> items) {
                    List<?> before = live.get(list) instanceof List<?> values ? values : List.of();
                    result.put(list, ordered(items, before, (List<?>) order, key));
                }
            }
        });
        return result;
    }

    private static Object value(@Nullable Object live, Object wanted, String path) {
        if (wanted instanceof Map<?, ?> patch) {
            return live instanceof Map<?, ?> map ? merged(map(map), map(patch), path) : plain(map(patch));
        }
        String key = key(path);
        if (wanted instanceof List<?> patch && key != null && live instanceof List<?> list) {
            List<Object> items = key.isEmpty() ? union(list, patch) : mergedList(list, patch, key, path);
            return ordered(items, list, plain(patch), key);
        }
        return wanted instanceof List<?> list ? plain(list) : wanted;
    }

    private static List<Object> union(List<?> live, List<?> patch) {
        LinkedHashSet<Object> all = new LinkedHashSet<>(live);
        all.addAll(patch);
        return new ArrayList<>(all);
    }

    private static List<Object> mergedList(List<?> live, List<?> patch, String key, String path) {
        boolean replaced =
                patch.stream().anyMatch(item -> "replace".equals(map(item).get("$patch")));
        List<Object> result = replaced ? new ArrayList<>() : new ArrayList<>(live);
        for (Object item : patch) {
            Map<String, Object> wanted = map(item);
            int at = place(result, wanted.get(key), key);
            if ("replace".equals(wanted.get("$patch"))) {
                continue;
            }
            if ("delete".equals(wanted.get("$patch"))) {
                if (at >= 0) {
                    result.remove(at);
                }
            } else if (at >= 0) {
                result.set(at, merged(map(result.get(at)), wanted, path));
            } else {
                result.add(plain(wanted));
            }
        }
        return result;
    }

    /**
     * Those that the order names stand as it says. The others keep their order among themselves; each stands before the first of
     * those named that was behind it already, and behind all that were not there before.
     */
    private static List<Object> ordered(List<?> items, List<?> before, List<?> order, String key) {
        List<Object> named = new ArrayList<>();
        for (Object each : order) {
            Object wanted = key.isEmpty() ? each : map(each).get(key);
            int at = place(items, wanted, key);
            if (at >= 0) {
                named.add(items.get(at));
            }
        }
        List<Object> others = new ArrayList<>(items);
        others.removeAll(named);
        List<Object> result = new ArrayList<>();
        while (!named.isEmpty() || !others.isEmpty()) {
            boolean other = named.isEmpty()
                    || !others.isEmpty()
                            && place(before, id(named.get(0), key), key) >= 0
                            && place(before, id(others.get(0), key), key) >= 0
                            && place(before, id(others.get(0), key), key) < place(before, id(named.get(0), key), key);
            result.add(other ? others.remove(0) : named.remove(0));
        }
        return result;
    }

    private static @Nullable Object id(Object item, String key) {
        return key.isEmpty() ? item : map(item).get(key);
    }

    private static int place(List<?> items, @Nullable Object wanted, String key) {
        for (int i = 0; i < items.size(); i++) {
            if (Objects.equals(id(items.get(i), key), wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** Without instructions and nulls. */
    private static Map<String, Object> plain(Map<String, Object> patch) {
        Map<String, Object> result = new LinkedHashMap<>();
        patch.forEach((name, value) -> {
            if (!name.startsWith("$") && value != null) {
                result.put(
                        name,
                        value instanceof Map<?, ?> map
                                ? plain(map(map))
                                : value instanceof List<?> list ? plain(list) : value);
            }
        });
        return result;
    }

    private static List<Object> plain(List<?> items) {
        List<Object> result = new ArrayList<>();
        for (Object item : items) {
            boolean instruction =
                    item instanceof Map<?, ?> map && map.containsKey("$patch") && !"merge".equals(map.get("$patch"));
            if (!instruction) {
                result.add(item instanceof Map<?, ?> map ? plain(map(map)) : item);
            }
        }
        return result;
    }

    @SuppressWarnings("unchecked") // JSON objects have texts for names
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
