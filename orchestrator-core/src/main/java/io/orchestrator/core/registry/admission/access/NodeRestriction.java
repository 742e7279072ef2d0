package io.orchestrator.core.registry.admission.access;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.auth.node.NodeIdentity;
import io.orchestrator.core.registry.admission.Admission;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Agents that are known by their node's name write that node, its lease and the pods on it, and no others. */
public final class NodeRestriction implements Admission {
    private static final String RESERVED = "node-restriction.kubernetes.io/";
    private static final String MIRROR = "kubernetes.io/config.mirror";

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        Optional<String> node = NodeIdentity.of(request.caller().userInfo());
        if (node.isEmpty()) {
            return;
        }
        Resource subject = request.object() == null ? request.current() : request.object();
        if (subject instanceof Node) {
            checkNode(request, node.get());
        } else if (subject instanceof Pod) {
            checkPod(request, node.get());
        } else if (subject instanceof Lease) {
            checkLease(request, node.get());
        }
    }

    private static void checkNode(Request<?> request, String node) {
        if (!request.name().equals(node)) {
            throw request.denied("node \"" + node + "\" is not allowed to modify node \"" + request.name() + "\"");
        }
        if (request.operation() == Operation.DELETE) {
            throw request.denied("node \"" + node + "\" cannot delete node \"" + node + "\"");
        }
        Node wanted = (Node) request.object();
        Node current = (Node) request.current();
        if (wanted == null) {
            return;
        }
        TreeSet<String> reserved = new TreeSet<>(wanted.metadata().labels().keySet());
        Map<String, String> known =
                current == null ? Map.of() : current.metadata().labels();
        reserved.addAll(known.keySet());
        reserved.removeIf(key -> !key.startsWith(RESERVED)
                || Objects.equals(known.get(key), wanted.metadata().labels().get(key)));
        if (!reserved.isEmpty()) {
            throw request.denied("is not allowed to modify labels: " + String.join(", ", reserved));
        }
        boolean tainted =
                current != null && !current.spec().taints().equals(wanted.spec().taints());
        if (tainted) {
            throw request.denied("node \"" + node + "\" is not allowed to modify taints");
        }
    }

    private static void checkPod(Request<?> request, String node) {
        switch (request.operation()) {
            case CREATE -> {
                Pod pod = (Pod) Objects.requireNonNull(request.object());
                if (!pod.metadata().annotations().containsKey(MIRROR)) {
                    throw request.denied("pod does not have \"" + MIRROR + "\" annotation, node \"" + node
                            + "\" can only create mirror pods");
                }
                requireOn(request, pod, node, "create pods");
            }
            case DELETE -> requireOn(request, (Pod) request.current(), node, "delete pods");
            default -> {
                if (request.subresource().equals("status")) {
                    requireOn(request, (Pod) request.current(), node, "update pod status for pods");
                } else if (request.isOfObject()) {
                    throw request.denied("node \"" + node + "\" cannot update pods");
                }
            }
        }
    }

    private static void requireOn(Request<?> request, @Nullable Pod pod, String node, String what) {
        if (pod == null || !pod.spec().nodeName().equals(node)) {
            throw request.denied("node \"" + node + "\" can only " + what + " with spec.nodeName set to itself");
        }
    }

    private static void checkLease(Request<?> request, String node) {
        if (!request.namespace().equals("kube-node-lease") || !request.name().equals(node)) {
            throw request.denied("can only access node lease with the same name as the requesting node");
        }
    }
}
