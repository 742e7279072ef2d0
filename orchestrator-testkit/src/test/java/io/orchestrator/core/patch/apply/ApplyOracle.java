package io.orchestrator.core.patch.apply;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Server-side apply, told a second time: an object is a flat map from paths to what stands there, an owner a set of paths. A
 * list that is merged has a path for each of its items, by its keys; that something stands there is all that is to be said of
 * that path. As slow and as plain as can be.
 */
final class ApplyOracle {
    /** What stands at the path of an item. */
    static final String ITEM = "(item)";

    /** The keys of each list that is merged by keys, by the end of the way to it; that of a list of plain values has none. Other lists are one value. */
    private static final Map<String, List<String>> LISTS = Map.ofEntries(
            Map.entry("metadata/finalizers", List.of()),
            Map.entry("metadata/ownerReferences", List.of("uid")),
            Map.entry("spec/containers", List.of("name")),
            Map.entry("spec/initContainers", List.of("name")),
            Map.entry("ontainers/env", List.of("name")),
            Map.entry("ontainers/ports", List.of("containerPort", "protocol")),
            Map.entry("ontainers/volumeMounts", List.of("mountPath")),
            Map.entry("spec/volumes", List.of("name")),
            Map.entry("spec/imagePullSecrets", List.of("name")),
            Map.entry("spec/hostAliases", List.of("ip")));

    /** What is written though nobody said it. */
    private static final Set<String> FILLED_IN = Set.of("creationTimestamp", "resources", "strategy");

    /** Objects with fields of their own. */
    private static final Set<String> MAPS = Set.of("/labels", "/metadata", "/emptyDir", "/configMap");

    /** Lists whose items are one value each. */
    private static final Set<String> WHOLE = Set.of("metadata/ownerReferences", "spec/imagePullSecrets");

    /** Objects that are one value. */
    private static final Set<String> ATOMS = Set.of("/spec/selector", "/spec/template/spec/nodeSelector");

    private final Map<String, Set<String>> owners = new TreeMap<>();
    private Map<String, Object> live = new TreeMap<>();

    Map<String, Object> live() {
        return live;
    }

    Map<String, Set<String>> owners() {
        return owners;
    }

    /** Whom an apply would take what from; empty where it conflicts with nobody. */
    Map<String, Set<String>> conflicts(String manager, Map<String, Object> wanted) {
        Map<String, Set<String>> conflicts = new TreeMap<>();
        owners.forEach((other, paths) -> {
            Set<String> taken = new TreeSet<>(paths);
            taken.removeIf(path -> !wanted.containsKey(path) || wanted.get(path).equals(live.get(path)));
            if (!other.equals(manager) && !taken.isEmpty()) {
                conflicts.put(other, taken);
            }
        });
        return conflicts;
    }

    /** Whatever conflicts there are. */
    void apply(String manager, Map<String, Object> wanted) {
        conflicts(manager, wanted).forEach((other, paths) -> disown(other, paths));
        Set<String> dropped = new TreeSet<>(owners.getOrDefault(manager, Set.of()));
        dropped.removeAll(wanted.keySet());
        live.putAll(wanted);
        owners.put(manager, new TreeSet<>(wanted.keySet()));
        for (String path : dropped) {
            boolean kept = owners.values().stream()
                    .flatMap(Set::stream)
                    .anyMatch(each -> each.equals(path) || each.startsWith(path + "/"));
            if (!kept && !isKey(path)) {
                live.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
            }
        }
    }

    /** What an item is found by stays as long as the item does. */
    private static boolean isKey(String path) {
        int end = path.lastIndexOf('/');
        return path.charAt(end - 1) == ']'
                && keys(place(path.substring(0, end))).contains(path.substring(end + 1));
    }

    /** The path without the items' keys. */
    private static String place(String path) {
        return path.replaceAll("/\\[[^\\]]*]", "");
    }

    private static List<String> keys(String place) {
        return LISTS.entrySet().stream()
                .filter(each -> place.endsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    /** A write that is no apply: all is as it says. */
    void update(String writer, Map<String, Object> written) {
        Set<String> changed = new TreeSet<>(written.keySet());
        changed.removeIf(path -> written.get(path).equals(live.get(path)));
        Set<String> gone = new TreeSet<>(live.keySet());
        gone.removeAll(written.keySet());
        for (String each : List.copyOf(owners.keySet())) {
            disown(each, changed);
            disown(each, gone);
        }
        Set<String> own = new TreeSet<>(owners.getOrDefault(writer, Set.of()));
        own.addAll(changed);
        if (!own.isEmpty()) {
            owners.put(writer, own);
        }
        live = new TreeMap<>(written);
    }

    private void disown(String owner, Set<String> paths) {
        Set<String> left = new TreeSet<>(owners.getOrDefault(owner, Set.of()));
        left.removeAll(paths);
        if (left.isEmpty()) {
            owners.remove(owner);
        } else {
            owners.put(owner, left);
        }
    }

    /** An object as paths. */
    static Map<String, Object> flat(Map<String, Object> object) {
        Map<String, Object> paths = new TreeMap<>();
        object.forEach((name, value) -> {
            if (!name.equals("apiVersion") && !name.equals("kind")) {
                flatten("/" + name, "/" + name, value, paths);
            }
        });
        paths.remove("/metadata/name");
        return paths;
    }

    /** @param place the path without the items' keys */
    private static void flatten(String path, String place, Object value, Map<String, Object> into) {
        List<String> keys = LISTS.entrySet().stream()
                .filter(each -> place.endsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (keys != null) {
            for (Object item : (List<?>) value) {
                String at = path + "/" + id(item, keys);
                boolean whole = WHOLE.stream().anyMatch(place::endsWith);
                into.put(at, whole ? item : ITEM);
                if (!whole && item instanceof Map<?, ?> fields) {
                    fields.forEach((name, each) -> flatten(at + "/" + name, place + "/" + name, each, into));
                }
            }
        } else if (value instanceof Map<?, ?> fields && !ATOMS.contains(place)) {
            fields.forEach((name, each) -> flatten(path + "/" + name, place + "/" + name, each, into));
        } else if (!"".equals(value) && FILLED_IN.stream().noneMatch(name -> path.endsWith("/" + name))) {
            into.put(path, value);
        }
    }

    /** As {@code [a]} or {@code [80,TCP]}; a port is one of TCP where it does not say. */
    private static String id(Object item, List<String> keys) {
        if (keys.isEmpty()) {
            return "[" + item + "]";
        }
        Map<Object, Object> named = new HashMap<>(Map.of("protocol", "TCP"));
        named.putAll((Map<?, ?>) item);
        return keys.stream()
                .map(key -> String.valueOf(named.get(key)))
                .toList()
                .toString()
                .replace(" ", "");
    }

    /** What {@code fieldsV1} says, as paths: of objects only their fields, of items that they are there, too. */
    static Set<String> owned(Map<String, Object> fields) {
        Set<String> paths = new TreeSet<>();
        collect("", false, fields, paths);
        paths.remove("/metadata/name");
        return paths;
    }

    private static void collect(String path, boolean item, Map<String, Object> fields, Set<String> into) {
        boolean leaf = fields.isEmpty();
        boolean filledIn = FILLED_IN.stream().anyMatch(name -> path.endsWith("/" + name));
        // That there is a list or a map at all is owned by who made it, which is nothing to anybody here.
        String place = place(path);
        boolean around = !item
                && (MAPS.stream().anyMatch(place::endsWith)
                        || LISTS.keySet().stream().anyMatch(place::endsWith));
        if (!path.isEmpty() && !filledIn && !around && (leaf || item && fields.containsKey("."))) {
            into.add(path);
        }
        fields.forEach((step, below) -> {
            if (!step.equals(".")) {
                boolean ofItem = !step.startsWith("f:");
                collect(path + "/" + (ofItem ? named(step) : step.substring(2)), ofItem, map(below), into);
            }
        });
    }

    private static String named(String step) {
        String json = step.substring(2).replace("{", "").replace("}", "").replace("\"", "");
        StringBuilder id = new StringBuilder();
        for (String part : json.split(",", -1)) {
            id.append(id.isEmpty() ? "" : ",")
                    .append(step.startsWith("v:") ? part : part.substring(part.indexOf(':') + 1));
        }
        return "[" + id + "]";
    }

    @SuppressWarnings("unchecked") // JSON objects have texts for names
    static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }
}
