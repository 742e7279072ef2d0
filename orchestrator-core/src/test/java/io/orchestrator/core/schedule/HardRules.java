package io.orchestrator.core.schedule;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.ContainerPort;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodAffinityTerm;
import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TopologySpreadConstraint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a pod may go, worked out from the records alone, in the most direct way and without any of the scheduler's own code: the
 * oracle of its tests.
 */
final class HardRules {
    private final Map<String, Node> nodes = new TreeMap<>();
    private final List<Pod> pods = new ArrayList<>();

    HardRules(List<Node> nodes, List<Pod> pods) {
        nodes.forEach(node -> this.nodes.put(node.metadata().name(), node));
        this.pods.addAll(pods);
    }

    boolean allow(Pod pod, String name) {
        Node node = nodes.get(name);
        return !node.spec().unschedulable()
                && tolerates(pod, node)
                && hasLabels(pod, node)
                && hasRoom(pod, node)
                && hasPorts(pod, node)
                && findsWhatItNeeds(pod, node)
                && meetsNobodyUnwanted(pod, node)
                && spreads(pod, node);
    }

    private List<Pod> on(String node) {
        return pods.stream().filter(pod -> pod.spec().nodeName().equals(node)).toList();
    }

    private static boolean tolerates(Pod pod, Node node) {
        for (Taint taint : node.spec().taints()) {
            boolean hard = !taint.effect().equals("PreferNoSchedule");
            boolean tolerated = false;
            for (Toleration toleration : pod.spec().tolerations()) {
                tolerated |= toleration.key().equals(taint.key())
                        && (toleration.operator().equals("Exists")
                                || toleration.value().equals(taint.value()));
            }
            if (hard && !tolerated) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasLabels(Pod pod, Node node) {
        return node.metadata()
                .labels()
                .entrySet()
                .containsAll(pod.spec().nodeSelector().entrySet());
    }

    private boolean hasRoom(Pod pod, Node node) {
        long cpu = cpu(pod);
        long count = 1;
        for (Pod other : on(node.metadata().name())) {
            cpu += cpu(other);
            count++;
        }
        return (cpu(pod) == 0 || cpu <= node.status().allocatable().get("cpu").milliValue())
                && count <= node.status().allocatable().get("pods").value();
    }

    private static long cpu(Pod pod) {
        long sum = 0;
        for (Container container : pod.spec().containers()) {
            var cpu = container.resources().requests().get("cpu");
            sum += cpu == null ? 0 : cpu.milliValue();
        }
        return sum;
    }

    private boolean hasPorts(Pod pod, Node node) {
        for (Pod other : on(node.metadata().name())) {
            for (int port : ports(pod)) {
                if (ports(other).contains(port)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Integer> ports(Pod pod) {
        List<Integer> ports = new ArrayList<>();
        for (Container container : pod.spec().containers()) {
            for (ContainerPort port : container.ports()) {
                if (port.hostPort() != 0) {
                    ports.add(port.hostPort());
                }
            }
        }
        return ports;
    }

    private boolean findsWhatItNeeds(Pod pod, Node node) {
        List<PodAffinityTerm> terms = near(pod);
        boolean first = terms.stream().allMatch(term -> isAbout(term, pod, pod));
        boolean all = true;
        for (PodAffinityTerm term : terms) {
            String place = node.metadata().labels().get(term.topologyKey());
            if (place == null) {
                return false;
            }
            boolean found = false;
            for (Pod other : pods) {
                Node where = nodes.get(other.spec().nodeName());
                boolean counts = terms.stream().allMatch(each -> isAbout(each, pod, other));
                if (counts && where != null && where.metadata().labels().containsKey(term.topologyKey())) {
                    first = false;
                    found |= place.equals(where.metadata().labels().get(term.topologyKey()));
                }
            }
            all &= found;
        }
        return all || first;
    }

    private boolean meetsNobodyUnwanted(Pod pod, Node node) {
        for (Pod other : pods) {
            Node where = nodes.get(other.spec().nodeName());
            if (where == null) {
                continue;
            }
            for (PodAffinityTerm term : far(pod)) {
                if (isAbout(term, pod, other) && sharePlace(node, where, term.topologyKey())) {
                    return false;
                }
            }
            for (PodAffinityTerm term : far(other)) {
                if (isAbout(term, other, pod) && sharePlace(node, where, term.topologyKey())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean sharePlace(Node one, Node other, String key) {
        String place = one.metadata().labels().get(key);
        return place != null && place.equals(other.metadata().labels().get(key));
    }

    private static boolean isAbout(PodAffinityTerm term, Pod owner, Pod other) {
        List<String> namespaces =
                term.namespaces().isEmpty() ? List.of(owner.metadata().namespace()) : term.namespaces();
        LabelSelector selector = term.labelSelector();
        return namespaces.contains(other.metadata().namespace())
                && selector != null
                && selector.matches(other.metadata().labels());
    }

    private boolean spreads(Pod pod, Node node) {
        List<TopologySpreadConstraint> hard = pod.spec().topologySpreadConstraints().stream()
                .filter(each -> each.whenUnsatisfiable().equals("DoNotSchedule"))
                .toList();
        for (TopologySpreadConstraint constraint : hard) {
            String place = node.metadata().labels().get(constraint.topologyKey());
            if (place == null) {
                return false;
            }
            Map<String, Integer> counts = new HashMap<>();
            for (Node each : nodes.values()) {
                boolean eligible =
                        hard.stream().allMatch(other -> each.metadata().labels().containsKey(other.topologyKey()));
                if (!eligible
                        || !hasLabels(pod, each)
                        || ("Honor".equals(constraint.nodeTaintsPolicy()) && !tolerates(pod, each))) {
                    continue;
                }
                int matching = 0;
                for (Pod other : on(each.metadata().name())) {
                    boolean counted =
                            other.metadata().namespace().equals(pod.metadata().namespace())
                                    && other.metadata().deletionTimestamp() == null
                                    && constraint
                                            .labelSelector()
                                            .matches(other.metadata().labels());
                    matching += counted ? 1 : 0;
                }
                counts.merge(each.metadata().labels().get(constraint.topologyKey()), matching, Integer::sum);
            }
            int least = counts.values().stream().mapToInt(count -> count).min().orElse(0);
            Integer minDomains = constraint.minDomains();
            if (minDomains != null && counts.size() < minDomains) {
                least = 0;
            }
            int itself = constraint.labelSelector().matches(pod.metadata().labels()) ? 1 : 0;
            if (counts.getOrDefault(place, 0) + itself - least > constraint.maxSkew()) {
                return false;
            }
        }
        return true;
    }

    private static List<PodAffinityTerm> near(Pod pod) {
        Affinity affinity = pod.spec().affinity();
        return affinity == null || affinity.podAffinity() == null
                ? List.of()
                : affinity.podAffinity().requiredDuringSchedulingIgnoredDuringExecution();
    }

    private static List<PodAffinityTerm> far(Pod pod) {
        Affinity affinity = pod.spec().affinity();
        return affinity == null || affinity.podAntiAffinity() == null
                ? List.of()
                : affinity.podAntiAffinity().requiredDuringSchedulingIgnoredDuringExecution();
    }
}
