package io.orchestrator.core.patch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Plain objects that are full of lists whose items have few names, so that any two have much in common. The same random numbers
 * make the same objects.
 */
public final class CrowdedObjects {
    private final Random random;

    public CrowdedObjects(Random random) {
        this.random = random;
    }

    public Map<String, Object> next(String kind) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("metadata", metadata());
        switch (kind) {
            case "Pod" -> object.put("spec", pod());
            case "Deployment" -> {
                Map<String, Object> template = new LinkedHashMap<>();
                template.put("metadata", metadata());
                template.put("spec", pod());
                Map<String, Object> spec = new LinkedHashMap<>();
                maybe(spec, "replicas", random.nextInt(4));
                spec.put("template", template);
                object.put("spec", spec);
            }
            case "Service" -> {
                Map<String, Object> spec = new LinkedHashMap<>();
                spec.put("ports", items("port", List.of(80, 81, 82, 83), port -> {
                    maybe(port, "name", text());
                    maybe(port, "nodePort", random.nextInt(3));
                }));
                maybe(spec, "selector", texts());
                maybe(spec, "externalIPs", some(List.of("1", "2", "3")));
                object.put("spec", spec);
            }
            default -> throw new IllegalArgumentException(kind);
        }
        return object;
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        maybe(metadata, "labels", texts());
        maybe(metadata, "finalizers", some(List.of("f/a", "f/b", "f/c", "f/d")));
        maybe(metadata, "ownerReferences", items("uid", List.of("1", "2", "3"), owner -> {
            owner.put("apiVersion", "v1");
            owner.put("kind", "Pod");
            owner.put("name", text());
        }));
        return metadata;
    }

    private Map<String, Object> pod() {
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("containers", items("name", List.of("a", "b", "c", "d"), this::container));
        maybe(pod, "initContainers", items("name", List.of("a", "b"), this::container));
        maybe(pod, "volumes", items("name", List.of("v", "w", "x"), volume -> {
            if (random.nextBoolean()) {
                volume.put("emptyDir", new LinkedHashMap<>(Map.of("medium", text())));
            } else {
                volume.put("configMap", new LinkedHashMap<>(Map.of("name", text())));
            }
        }));
        maybe(pod, "imagePullSecrets", items("name", List.of("p", "q", "r"), secret -> {}));
        maybe(
                pod,
                "hostAliases",
                items("ip", List.of("1", "2"), alias -> maybe(alias, "hostnames", some(List.of("h", "i")))));
        maybe(pod, "nodeSelector", texts());
        maybe(pod, "tolerations", new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("key", text())))));
        maybe(pod, "hostNetwork", true);
        return pod;
    }

    private void container(Map<String, Object> container) {
        maybe(container, "image", text());
        maybe(container, "command", some(List.of("x", "y", "z")));
        maybe(container, "env", items("name", List.of("E", "F", "G", "H"), env -> maybe(env, "value", text())));
        maybe(container, "ports", items("containerPort", List.of(1, 2, 3), port -> maybe(port, "name", text())));
        maybe(container, "volumeMounts", items("mountPath", List.of("/a", "/b"), mount -> mount.put("name", text())));
    }

    private void maybe(Map<String, Object> into, String name, Object value) {
        if (random.nextInt(100) < 65) {
            into.put(name, value);
        }
    }

    private String text() {
        return "t" + random.nextInt(3);
    }

    private Map<String, Object> texts() {
        Map<String, Object> texts = new LinkedHashMap<>();
        some(List.of("k", "l", "m")).forEach(key -> texts.put(key.toString(), text()));
        return texts;
    }

    private List<Object> some(List<String> of) {
        List<Object> some = new ArrayList<>(of);
        Collections.shuffle(some, random);
        return new ArrayList<>(some.subList(0, 1 + random.nextInt(of.size())));
    }

    private List<Object> items(String key, List<Object> ids, Consumer<Map<String, Object>> more) {
        List<Object> chosen = new ArrayList<>(ids);
        Collections.shuffle(chosen, random);
        List<Object> items = new ArrayList<>();
        for (Object id : chosen.subList(0, 1 + random.nextInt(ids.size()))) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put(key, id);
            more.accept(item);
            items.add(item);
        }
        return items;
    }
}
